// Documents are created while api, worker and the queue's Redis are killed in turn. The clients do what a real client
// does: they send again, under the same Idempotency-Key, until they are answered.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startArrivals } from './arrivals.mjs';
import { inspectContainer, killContainer, listContainers, startContainer } from './engine.mjs';
import { isProcessOfContainer } from './container-memory.mjs';
import { exchange, keepAliveAgent } from './exchange.mjs';
import { serviceOf } from './memory.mjs';
import { writeRequest } from './streams/writes.mjs';

/** Answers after which sending again is right: the service is away, or the try before may still be running. */
const worthAnotherTry = new Set([409, 429, 502, 503, 504]);
const longestPauseMs = 5_000;
const answerWithinMs = 15_000;
/** As many as a busy product has at a time. Thousands that wait at a door that is closed would kill the door. */
const mostConnections = 300;
const backWithinMs = 60_000;

/**
 * Creates `count` documents, `perSecond` at most, each sent until it is acknowledged. `whenAllSent` is awaited when every
 * document was sent at least once; from about then on clients go on trying for `giveUpAfterMs`.
 * @returns {Promise<{ run: string, attempted: Set<string>, acknowledged: Map<string, string>, tries: number, replayed: number,
 *   causes: Record<string, number>, refused: object[] }>} replayed: acknowledgements that were given a second time; causes:
 *   why it was tried again; refused: answers after which nobody tries again, and keys that ran out of time
 */
export async function createDocuments({ url, cookie }, { count, perSecond, giveUpAfterMs, whenAllSent }) {
  const run = `chaos-${randomBytes(4).toString('hex')}`;
  const agent = keepAliveAgent(url, { maxSockets: mostConnections });
  const deadline = performance.now() + (count / perSecond) * 1_000 + giveUpAfterMs;
  const book = { run, attempted: new Set(), acknowledged: new Map(), tries: 0, replayed: 0, causes: {}, refused: [] };
  const clients = [];
  await new Promise((resolve) => {
    const arrivals = startArrivals({
      perSecond,
      fire(_at, index) {
        if (index >= count) return;
        clients.push(sendUntilAcknowledged({ url, agent, cookie, key: `${run}-${index}` }, book, deadline));
        if (index < count - 1) return;
        arrivals.stop();
        resolve();
      },
    });
  });
  await whenAllSent();
  await Promise.all(clients);
  agent.destroy();
  return book;
}

async function sendUntilAcknowledged(request, book, deadline) {
  const { key } = request;
  book.attempted.add(key);
  for (let pauseMs = 200; performance.now() < deadline; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    book.tries += 1;
    const answer = await exchange({ ...writeRequest(request), timeoutMs: answerWithinMs }).catch((error) => error);
    if (answer.status === 202) {
      if (answer.replayed) book.replayed += 1;
      return book.acknowledged.set(key, JSON.parse(answer.body.toString('utf8')).document.id);
    }
    const cause = String(answer.status ?? answer.code ?? answer.message);
    if (answer.status !== undefined && !worthAnotherTry.has(answer.status)) {
      return book.refused.push({ key, cause, body: answer.body.toString('utf8').slice(0, 300) });
    }
    book.causes[cause] = (book.causes[cause] ?? 0) + 1;
    // Half of the pause to twice of it, so that those who were refused together do not come back together.
    await sleep(pauseMs * (0.5 + Math.random() * 1.5));
  }
  return book.refused.push({ key, cause: 'not acknowledged in time' });
}

/**
 * Kills one service after the other, `everyMs` after the one before serves again, until `stop`. A killed process is
 * brought back by the restart policy of its container; only where its process is out of reach from here, by `docker kill`
 * and `docker start`, because the engine takes `docker kill` for the wish that it stay away.
 * @param {{ project: string, services: string[], everyMs: number }} options a service with slots by its plain name
 * @returns {{ stop(): Promise<{ service: string, by: string, backAfterMs: number }[]> }} `stop` lets a kill under way end
 */
export function startKilling({ project, services, everyMs }) {
  const killed = [];
  const stopping = new AbortController();
  const loop = (async () => {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      killed.push(await killService({ project, service: services[turn % services.length] }));
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  // Told by `stop`, not by a crash of the whole process.
  loop.catch(() => {});
  return {
    async stop() {
      stopping.abort();
      await loop;
      return killed;
    },
  };
}

async function killService({ project, service }) {
  const containers = await listContainers({ project });
  const container = containers.find((candidate) => serviceOf(candidate.service) === service);
  if (!container) throw new Error(`${service} does not run in ${project}; was it killed and did not come back?`);
  const before = await inspectContainer(container.id);
  const startedAt = performance.now();
  const by = await kill(container.id, before.State.Pid);
  for (;;) {
    const { State: now } = await inspectContainer(container.id);
    // A slow machine must not be kept from serving at all: the next kill waits until this one is over.
    if (now.Running && now.StartedAt !== before.State.StartedAt && (now.Health?.Status ?? 'healthy') === 'healthy') break;
    if (performance.now() - startedAt > backWithinMs) throw new Error(`${service} was killed and does not serve again: ${now.Status}`);
    await sleep(100);
  }
  return { service, by, backAfterMs: Math.round(performance.now() - startedAt) };
}

/** Ends the container's first process as the kernel would for lack of memory. Answers how the container comes back. */
async function kill(id, pid) {
  if (isProcessOfContainer({ id, pid }) && process.getuid() === 0) {
    process.kill(pid, 'SIGKILL');
    return 'restart policy';
  }
  await killContainer(id);
  await startContainer(id);
  return 'docker start';
}
