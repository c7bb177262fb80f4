import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { runWithContext, type Logger } from '@repo/logging';
import type { Metrics } from '@repo/metrics';
import { clientAddress } from './client-address.js';

interface Options {
  logger: Logger;
  metrics: Metrics;
  internalSecret: string;
}

/**
 * Gives every request its id, its client's address and its log context, and writes one line and one measurement when
 * it was answered. Bodies, headers and query strings are never logged; probes are neither logged nor measured.
 */
export function observeRequests(server: FastifyInstance, { logger, metrics, internalSecret }: Options): void {
  server.decorateRequest('caller', null);
  server.decorateRequest('call', null);
  server.decorateRequest('failure', null);
  server.decorateRequest('clientAddress', '');
  server.decorateRequest('startedAt', 0);

  server.addHook('onRequest', (request, reply, done) => {
    request.startedAt = performance.now();
    request.clientAddress = clientAddress(request.ip, request.headers, internalSecret);
    void reply.header('x-request-id', request.id);
    done();
  });
  // The context begins behind the body parser: one opened earlier would be lost in the parser's stream events.
  server.addHook('preHandler', (request, _reply, done) => {
    runWithContext({ requestId: request.id, ...actor(request) }, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    if (!request.routeOptions.config?.quiet) {
      const durationMs = performance.now() - request.startedAt;
      const route = routePattern(request);
      metrics.http.observe({ method: request.method, route, status: reply.statusCode, seconds: durationMs / 1000 });
      logRequest(logger, { request, reply, route, durationMs });
    }
    done();
  });
}

function logRequest(logger: Logger, entry: { request: FastifyRequest; reply: FastifyReply; route: string; durationMs: number }): void {
  const { request, reply, route, durationMs } = entry;
  const failure = request.failure;
  const fields = {
    requestId: request.id,
    ...actor(request),
    method: request.method,
    route,
    status: reply.statusCode,
    durationMs: Math.round(durationMs * 10) / 10,
    ...(failure && { code: failure.code, ...(failure.logLevel === 'info' ? { detail: failure.detail } : { error: failure }) }),
  };
  logger[failure?.logLevel ?? 'info'](`${request.method} ${route} ${reply.statusCode}`, fields);
}

function actor(request: FastifyRequest): { organizationId?: string; userId?: string } {
  const { caller } = request;
  if (!caller) return {};
  if (caller.kind === 'api-key') return { organizationId: caller.organizationId, ...(caller.userId !== null && { userId: caller.userId }) };
  return { userId: caller.userId, ...(caller.organization && { organizationId: caller.organization.id }) };
}

/** The address as the contract writes it. An unknown address has none, so that scanners do not make new series. */
function routePattern(request: FastifyRequest): string {
  return request.routeOptions.config?.endpoint?.path ?? request.routeOptions.url ?? 'unmatched';
}
