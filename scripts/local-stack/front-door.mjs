// One origin for the local stack, as Caddy gives in production: /api and /health go to the API, the rest to the web.
import http from 'node:http';
import { createProxyServer } from 'http-proxy-3';
import { UserError } from '../toolchain.mjs';

const retryMs = 250;
const maxWaitMs = 10_000;

const belongsToApi = (url) => /^\/(api|health)(\/|\?|$)/.test(url);

/**
 * @param {{ port: number, host?: string, api: string, web: string }} options origins of the API and the web
 * @returns {Promise<{ close(): Promise<void> }>}
 * @throws {UserError} when the port is taken
 */
export async function openFrontDoor({ port, host, api, web }) {
  // Shorter than the servers' own keep-alive, so that no request meets a connection that is just being closed.
  const agent = new http.Agent({ keepAlive: true, timeout: 60_000 });
  const proxy = createProxyServer({ xfwd: true, agent });
  proxy.on('error', (error, request, response) =>
    answerUnavailable({ error, request, response, proxy, targetOf: (url) => (belongsToApi(url) ? api : web) }),
  );
  const server = http.createServer((request, response) => {
    // Nothing from outside may pretend to have come through another proxy.
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-internal-secret', 'x-client-address'])
      delete request.headers[name];
    request.arrivedAt = Date.now();
    // Each try adds its listeners, and there may be many while a server restarts.
    request.setMaxListeners(0);
    response.setMaxListeners(0);
    proxy.web(request, response, { target: belongsToApi(request.url) ? api : web });
  });
  // Uploads may take their time; the API has limits of its own.
  server.requestTimeout = 0;
  server.on('upgrade', (request, socket, head) => {
    delete request.headers['x-forwarded-for'];
    socket.on('error', () => socket.destroy());
    proxy.ws(request, socket, head, { target: belongsToApi(request.url) ? api : web });
  });
  await listen(server, port, host);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(error.code === 'EADDRINUSE' ? portTaken(port) : error));
    server.listen(port, host, resolve);
  });
}

/** What to say when somebody else has the port. */
export function portTaken(port) {
  return new UserError(`Port ${port} is taken by another program. Choose another: PORT=${port + 100} npm start`);
}

/** A server that restarts is waited for, as long as nothing of the request was sent; else a clear 503. */
function answerUnavailable({ error, request, response, proxy, targetOf }) {
  if (!(response instanceof http.ServerResponse)) return response.destroy();
  const waitable = error.code === 'ECONNREFUSED' && ['GET', 'HEAD'].includes(request.method) && !response.headersSent;
  if (waitable && Date.now() - request.arrivedAt < maxWaitMs) {
    setTimeout(() => proxy.web(request, response, { target: targetOf(request.url) }), retryMs);
    return;
  }
  if (response.headersSent) return response.destroy();
  const problem = {
    type: 'about:blank',
    title: 'Service unavailable',
    status: 503,
    detail: 'This part of the product does not answer right now. Try again in a moment.',
  };
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1', 'cache-control': 'no-store' });
  response.end(JSON.stringify(problem));
}
