// One origin for the local stack, as Caddy gives in production: /api and /health go to the API, the rest to the web.
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { AppError } from '@repo/errors';
import { createProxyServer } from 'http-proxy-3';
import { UserError } from '../toolchain.mjs';

const retryMs = 250;
const maxWaitMs = 10_000;

const belongsToApi = (url) => /^\/(api|health)(\/|\?|$)/.test(url);

/** This machine by both of its names; an address family that it does not have is left out. */
const loopback = ['127.0.0.1', '::1'];

/**
 * @param {{ port: number, host?: string, api: string, web: string }} options host: the loopback unless named; origins of API and web
 * @returns {Promise<{ close(): Promise<void> }>}
 * @throws {UserError} when the port is taken
 */
export async function openFrontDoor({ port, host, api, web }) {
  // Shorter than the servers' own keep-alive, so that no request meets a connection that is just being closed.
  const agent = new http.Agent({ keepAlive: true, timeout: 60_000 });
  const proxy = createProxyServer({ xfwd: true, agent });
  const targetOf = (url) => (belongsToApi(url) ? api : web);
  proxy.on('error', (error, request, response) => answerUnavailable({ error, request, response, proxy, targetOf }));
  const servers = [];
  for (const address of host ? [host] : loopback) {
    const server = createServer(proxy, targetOf);
    if (await listen(server, { port, host: address })) servers.push(server);
  }
  return {
    async close() {
      await Promise.all(servers.map(closeServer));
      agent.destroy();
    },
  };
}

function createServer(proxy, targetOf) {
  const server = http.createServer((request, response) => {
    dropForwarded(request);
    request.arrivedAt = Date.now();
    // Each try adds its listeners, and there may be many while a server restarts.
    request.setMaxListeners(0);
    response.setMaxListeners(0);
    proxy.web(request, response, { target: targetOf(request.url) });
  });
  // Uploads may take their time; the API has limits of its own.
  server.requestTimeout = 0;
  server.on('upgrade', (request, socket, head) => {
    dropForwarded(request);
    socket.on('error', () => socket.destroy());
    proxy.ws(request, socket, head, { target: targetOf(request.url) });
  });
  return server;
}

/** Nothing from outside may pretend to have come through another proxy. */
function dropForwarded({ headers }) {
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-internal-secret', 'x-client-address'])
    delete headers[name];
}

function closeServer(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

/** False when this machine has no such address. */
function listen(server, { port, host }) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) return resolve(false);
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error);
    });
    server.listen(port, host, () => resolve(true));
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
  const { httpStatus, publicMessage, code } = new AppError('service.unavailable');
  const problem = {
    type: 'about:blank',
    title: 'Service Unavailable',
    status: httpStatus,
    detail: publicMessage,
    code,
    requestId: randomUUID(),
  };
  response.writeHead(httpStatus, { 'content-type': 'application/problem+json', 'retry-after': '1', 'cache-control': 'no-store' });
  response.end(JSON.stringify(problem));
}
