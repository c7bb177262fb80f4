import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Dependencies } from '../dependencies.js';

const checks = ['database', 'cache', 'queue'] as const;
const probe = { config: { quiet: true } };

/**
 * The probes: asked by proxies, orchestrators and people, never limited, never logged, never cached.
 * `live` touches nothing; `ready` decides whether a new process may take over; `accepting` whether the proxy still sends
 * requests here; the rest tells what is wrong.
 */
export function healthRoutes(server: FastifyInstance, { health }: Pick<Dependencies, 'health'>): void {
  const report = async (_request: unknown, reply: FastifyReply) => {
    const result = await health.report();
    return reply.code(result.status === 'ok' ? 200 : 503).send(result);
  };
  server.get('/health', probe, report);
  server.get('/api/health', probe, report);

  server.get('/health/live', probe, () => health.live());
  server.get('/health/accepting', probe, async (_request, reply) => {
    const accepting = await health.accepting();
    return reply.code(accepting ? 200 : 503).send({ status: accepting ? 'accepting' : 'not-accepting' });
  });
  server.get('/health/ready', probe, async (_request, reply) => {
    const { ready, reasons } = await health.ready();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', reasons });
  });

  for (const name of checks) {
    server.get(`/api/health/${name}`, probe, async (_request, reply) => {
      const status = await health.check(name);
      return reply.code(status === 'ok' ? 200 : 503).send({ status });
    });
  }
}
