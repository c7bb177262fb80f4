import type { Socket } from 'node:net';
import type { Health } from '@repo/health';
import type { FastifyInstance } from 'fastify';

/** Milliseconds. On a connection that has just been opened, its request may still be on its way. */
const unusedAfterMs = 2_000;

/**
 * While draining every answer asks the client to close its connection. Without this a connection that was busy when
 * the server closed would stay open for the whole keep-alive time, and the process with it.
 *
 * A proxy also opens connections ahead, over which no request ever comes. Node takes them for busy and would wait for a
 * minute: they are closed once the server closes. What carries a request is waited for.
 */
export function closeConnectionsWhileDraining(server: FastifyInstance, health: Pick<Health, 'draining'>): void {
  const connections = new Set<Socket>();
  const used = new Set<Socket>();
  server.server.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });

  server.addHook('onRequest', (request, reply, done) => {
    const connection = request.raw.socket;
    used.add(connection);
    reply.raw.once('close', () => used.delete(connection));
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (health.draining) void reply.header('connection', 'close');
    done();
  });
  server.addHook('preClose', (done) => {
    const closeUnused = (): void => {
      for (const connection of connections) if (!used.has(connection)) connection.destroy();
    };
    setTimeout(closeUnused, unusedAfterMs).unref();
    done();
  });
}
