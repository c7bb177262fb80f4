// Imported before Next's server. Next by itself stops accepting at once and then waits for idle keep-alive connections,
// so requests are lost and the stop hangs. Here instead: say "not ready", serve on for a while, close, leave.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const key = Symbol.for('web.shutdown');
const state = (globalThis[key] ??= { draining: false, drainDelayMs: 0 });
/** As long as the proxy lets an answer take. */
const finishWithinMs = 5 * 60_000;

/** @type {http.Server | undefined} */
let server;
/** @type {Set<http.ServerResponse>} */
const unfinished = new Set();
/** @type {Set<import('node:net').Socket>} */
const connections = new Set();
const createServer = http.createServer.bind(http);
http.createServer = (...args) => {
  server = createServer(...args);
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
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
    setTimeout(closeUnused, state.unusedAfterMs ?? 2_000).unref();
    setTimeout(() => server?.closeAllConnections(), finishWithinMs).unref();
    await new Promise((resolve) => {
      server?.close(resolve);
      server?.closeIdleConnections();
    });
  }
  process.exit(0);
}

/** A proxy opens connections ahead, over which no request ever comes: Node takes them for busy. */
function closeUnused() {
  const used = new Set([...unfinished].map(({ req }) => req.socket));
  for (const connection of connections) if (!used.has(connection)) connection.destroy();
}
