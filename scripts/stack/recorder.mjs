// What became of each request. An answer that is not 2xx or 3xx, or no answer, is a failure and is kept in full.

const keptBodyCharacters = 200;

/** What a stream throws when an answer came, but not the one that was promised. */
export class Refused extends Error {
  constructor({ status, body }, why = `answered with ${status}`) {
    super(why);
    this.status = status;
    this.body = body?.toString('utf8').slice(0, keptBodyCharacters) ?? '';
  }
}

/** Passes a 2xx or 3xx on. @throws {Refused} for any other answer */
export function requireSuccess(answer) {
  if (answer.status < 200 || answer.status >= 400) throw new Refused(answer);
  return answer;
}

/** Counts per stream, keeps failures, and knows what is still under way. */
export class Recorder {
  #streams = new Map();
  #underWay = new Set();
  failures = [];

  constructor() {
    this.startedAt = performance.now();
  }

  /** Seconds since the beginning of the load. */
  secondsAt(time = performance.now()) {
    return (time - this.startedAt) / 1_000;
  }

  /**
   * Measures one request from the moment at which it was due. Never rejects.
   * @returns {Promise<boolean>} whether it went well
   */
  measure(stream, scheduledAt, work) {
    const counts = this.#streamOf(stream);
    counts.sent += 1;
    const measured = this.#observe({ stream, counts, scheduledAt, work });
    this.#underWay.add(measured);
    void measured.finally(() => this.#underWay.delete(measured));
    return measured;
  }

  async #observe({ stream, counts, scheduledAt, work }) {
    const outcome = await work().then(
      () => null,
      (error) => error,
    );
    counts.latencies.push(performance.now() - scheduledAt);
    if (outcome === null) counts.ok += 1;
    else this.fail(stream, outcome, scheduledAt);
    return outcome === null;
  }

  fail(stream, error, scheduledAt = performance.now()) {
    const { status = null, body = '' } = error;
    const what = status === null ? (error.code ?? error.name) : String(status);
    this.#streamOf(stream).failed += 1;
    this.failures.push({
      stream,
      what,
      status,
      sentAtSeconds: Number(this.secondsAt(scheduledAt).toFixed(3)),
      failedAtSeconds: Number(this.secondsAt().toFixed(3)),
      time: new Date().toISOString(),
      error: error.message,
      body,
    });
  }

  /** Waits for what is under way. */
  async settle() {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  streams() {
    return [...this.#streams].map(([stream, { sent, ok, failed, latencies }]) => {
      const sorted = latencies.toSorted((a, b) => a - b);
      const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { stream, sent, ok, failed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? 0 };
    });
  }

  #streamOf(name) {
    if (!this.#streams.has(name)) this.#streams.set(name, { sent: 0, ok: 0, failed: 0, latencies: [] });
    return this.#streams.get(name);
  }
}
