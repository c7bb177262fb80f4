import type { Health } from '@repo/health';
import type { FastifyInstance } from 'fastify';

/**
 * While draining every answer asks the client to close its connection. Without this a connection that was busy when
 * the server closed would stay open for the whole keep-alive time, and the process with it.
 */
export function closeConnectionsWhileDraining(server: FastifyInstance, health: Pick<Health, 'draining'>): void {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (health.draining) void reply.header('connection', 'close');
    done();
  });
}
