// Imported before Next's server. Next by itself stops accepting at once and then waits for idle keep-alive connections,
// so requests are lost and the stop hangs. Here instead: say "not ready", serve on for a while, close, leave.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const key = Symbol.for('web.shutdown');
const state = (globalThis[key] ??= { draining: false, drainDelayMs: 0 });
const closeWithinMs = 20_000;

/** @type {http.Server | undefined} */
let server;
/** @type {Set<http.ServerResponse>} */
const unfinished = new Set();
const createServer = http.createServer.bind(http);
http.createServer = (...args) => {
  server = createServer(...args);
  // Before Next's own listener: while draining, no connection is kept for another request.
  server.prependListener('request', (_request, response) => {
    unfinished.add(response);
    response.once('close', () => unfinished.delete(response));
    if (state.draining) response.shouldKeepAlive = false;
  });
  return server;
};

process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop());

async function stop() {
  if (state.draining) return;
  state.draining = true;
  for (const response of unfinished) response.shouldKeepAlive = false;
  await sleep(state.drainDelayMs);
  if (server !== undefined) {
    setTimeout(() => server?.closeAllConnections(), closeWithinMs).unref();
    await new Promise((resolve) => {
      server?.close(resolve);
      server?.closeIdleConnections();
    });
  }
  process.exit(0);
}
