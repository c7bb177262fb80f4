import type { Health } from '@repo/health';
import type { MetricsRoute } from '@repo/metrics';

/** What an operator or a container engine asks a worker, on its internal port. */
export function healthRoutes(health: Health): Record<string, MetricsRoute> {
  return {
    '/health/live': () => Promise.resolve(json(200, health.live())),
    '/health/ready': async () => {
      const readiness = await health.ready();
      return json(readiness.ready ? 200 : 503, readiness);
    },
    '/health': async () => {
      const report = await health.report();
      return json(report.status === 'ok' ? 200 : 503, report);
    },
  };
}

function json(status: number, body: object) {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
