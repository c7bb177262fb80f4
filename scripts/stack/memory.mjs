// Watches the memory of a compose project: each service's peak, the sum of the limits of what runs at any moment,
// kills for lack of memory, unexpected ends, and what the machine swapped.
import fs from 'node:fs';
import { followEvents, inspectContainer, listContainers } from './engine.mjs';
import { readMemory } from './container-memory.mjs';
import { markdownTable } from './load-report.mjs';

const mib = 2 ** 20;
const everyMs = 500;

/** Pages swapped in and out since the machine started; nulls where the kernel does not tell. */
function readSwapping() {
  if (!fs.existsSync('/proc/vmstat')) return { in: 0, out: 0 };
  const text = fs.readFileSync('/proc/vmstat', 'utf8');
  const read = (name) => Number(text.match(new RegExp(`^${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  return { in: read('pswpin'), out: read('pswpout') };
}

/** A slot is its service: api-a and api-b are two turns of api. */
export const serviceOf = (name) => name.replace(/-[ab]$/, '');

/**
 * @param {{ project: string, outside?: string[] }} options outside: services that stand on another machine in
 *   production (the database of the tests, the mail catcher); they are measured but not counted in the sum of limits
 * @returns {Promise<{ stop(): Promise<MemoryReport> }>} overlaps: services of which two slots ran at the same time
 * @typedef {{ services: Map<string, object>, highestLimits: { bytes: number, running: string[] }, overlaps: string[], unlimited: string[],
 *   kills: object[], ends: object[], swapped: { in: number, out: number }, samples: number, source: string }} MemoryReport
 */
export async function watchMemory({ project, outside = [] }) {
  const watch = new Watch({ project, outside });
  const stopEvents = await followEvents(project, (event) => watch.hear(event));
  await watch.sample();
  const timer = setInterval(() => void watch.sample(), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      stopEvents();
      await watch.sample();
      return watch.report();
    },
  };
}

class Watch {
  #known = new Map();
  #services = new Map();
  #sampling = Promise.resolve();
  #swapping = readSwapping();
  #highest = { bytes: 0, running: [] };
  #unlimited = new Set();
  #overlaps = new Set();
  #kills = [];
  #ends = [];
  #samples = 0;
  #source = '';
  #error = null;

  constructor({ project, outside }) {
    this.project = project;
    this.outside = new Set(outside);
  }

  hear({ action, id, service, image, exitCode, time }) {
    if (action === 'oom') this.#kills.push({ service, time });
    if (action === 'die') this.#ends.push({ service, image, exitCode, time });
    // At once, not at the next turn: a task may live shorter than the pause between two samples.
    if (action === 'start') void this.sample();
    else this.#known.delete(id);
  }

  /** One at a time; who asks during a sample gets one that begins after it. */
  sample() {
    this.#sampling = this.#sampling.then(() => this.#takeSample()).catch((error) => (this.#error = error));
    return this.#sampling;
  }

  async #takeSample() {
    const containers = await listContainers({ project: this.project });
    const running = await Promise.all(containers.map((container) => this.#learn(container)));
    this.#countLimits(running.filter(Boolean));
    await Promise.all(running.filter(Boolean).map((container) => this.#measure(container)));
    this.#samples += 1;
  }

  /** Limit and process of a container; null when it ended meanwhile. A restart changes the process. */
  async #learn({ id, service }) {
    const known = this.#known.get(id);
    if (known && fs.existsSync(`/proc/${known.pid}`)) return known;
    const found = await inspectContainer(id).catch(() => null);
    if (!found?.State.Running) return null;
    const { HostConfig: host, State: state, RestartCount: restarts } = found;
    const container = { id, service, pid: state.Pid, limit: host.Memory, limitWithSwap: host.MemorySwap, restarts };
    this.#known.set(id, container);
    return container;
  }

  #countLimits(running) {
    const counted = running.filter(({ service }) => !this.outside.has(service));
    for (const { service, limit } of counted) if (limit === 0) this.#unlimited.add(service);
    const names = counted.map(({ service }) => serviceOf(service));
    for (const name of names) if (names.filter((other) => other === name).length > 1) this.#overlaps.add(name);
    const bytes = counted.reduce((sum, { limit }) => sum + limit, 0);
    if (bytes > this.#highest.bytes) this.#highest = { bytes, running: counted.map(({ service }) => service).toSorted() };
  }

  async #measure(container) {
    const name = serviceOf(container.service);
    // Gone between the list and the look: its last sample stands.
    const read = await readMemory(container).catch(() => null);
    if (!read) return;
    const before = this.#services.get(name) ?? {
      workingSet: 0,
      anonymous: 0,
      peak: 0,
      swap: 0,
      oomKills: 0,
      limitHits: 0,
      restarts: 0,
      samples: 0,
    };
    const most = (field) => Math.max(before[field], read[field] ?? 0);
    this.#services.set(name, {
      limit: container.limit,
      outside: this.outside.has(container.service),
      workingSet: most('workingSet'),
      anonymous: most('anonymous'),
      peak: read.peak === null ? most('usage') : most('peak'),
      swap: most('swap'),
      oomKills: most('oomKills'),
      limitHits: most('limitHits'),
      restarts: Math.max(before.restarts, container.restarts),
      samples: before.samples + 1,
    });
    this.#source = read.source;
  }

  report() {
    if (this.#error) throw this.#error;
    const now = readSwapping();
    return {
      services: this.#services,
      highestLimits: this.#highest,
      overlaps: [...this.#overlaps].toSorted((a, b) => a.localeCompare(b)),
      unlimited: [...this.#unlimited],
      kills: this.#kills,
      ends: this.#ends,
      swapped: { in: now.in - this.#swapping.in, out: now.out - this.#swapping.out },
      samples: this.#samples,
      source: this.#source,
    };
  }
}

/** A task that ends after a second or two is seen too seldom for a figure. */
const fewSamples = 10;
const megabytes = (bytes) => Math.ceil(bytes / mib).toLocaleString('en-US');

/** The peaks as a Markdown table, and a line about the whole. Sizes in MiB. */
export function memoryTable({ services, highestLimits, swapped }) {
  const header = ['container', 'limit', 'peak working set', 'of the limit', 'peak of the process', 'peak with page cache', 'OOM kills'];
  const row = ([name, { limit, outside, workingSet, anonymous, peak, oomKills }]) => [
    outside ? `${name} (not on the box in production)` : name,
    limit === 0 ? 'none' : megabytes(limit),
    megabytes(workingSet),
    limit === 0 ? '–' : `${Math.round((100 * workingSet) / limit)} %`,
    megabytes(anonymous),
    megabytes(peak),
    String(oomKills),
  ];
  const lasting = [...services].filter(([, { samples }]) => samples >= fewSamples);
  const table = markdownTable(header, lasting.toSorted(([a], [b]) => a.localeCompare(b)).map(row));
  const sum = `Highest sum of limits at any moment: ${megabytes(highestLimits.bytes)} MiB (${highestLimits.running.join(', ')}).`;
  return `${table}\n\nSizes in MiB. ${sum} Pages swapped by the machine meanwhile: ${swapped.in} in, ${swapped.out} out.`;
}
