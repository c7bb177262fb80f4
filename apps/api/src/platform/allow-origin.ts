import type { FastifyInstance } from 'fastify';

const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, x-api-key',
  'access-control-max-age': '600',
};
const readableHeaders = 'x-request-id, ratelimit, ratelimit-policy, retry-after, idempotency-replayed';

/**
 * Lets pages of the app's own origin call the API where it has a host of its own, and nobody else's pages.
 * Every other origin gets an answer without CORS headers, which its browser keeps from the page.
 */
export function allowOrigin(server: FastifyInstance, appOrigin: string): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined) return done();
    const allowed = origin === appOrigin;
    if (allowed) {
      void reply.headers({
        'access-control-allow-origin': appOrigin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': readableHeaders,
      });
    }
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!isPreflight) return done();
    if (allowed) void reply.headers(preflightHeaders);
    void reply.code(204).send();
    return undefined;
  });
}
