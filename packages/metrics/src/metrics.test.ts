import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics, startMetricsServer, type MetricsServer } from './index.js';

const servers: MetricsServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options: Partial<Parameters<typeof startMetricsServer>[0]> = {}): Promise<string> {
  const server = await startMetricsServer({
    metrics: createMetrics({ service: 'api', version: '1' }),
    host: '127.0.0.1',
    port: 0,
    ...options,
  });
  servers.push(server);
  return `http://127.0.0.1:${server.port}`;
}

describe('series', () => {
  it('count what was observed, with the service as a label', async () => {
    const metrics = createMetrics({ service: 'api', version: '1.2.3' });
    metrics.http.observe({ method: 'GET', route: '/api/v1/documents/:documentId', status: 200, seconds: 0.02 });
    metrics.http.observe({ method: 'GET', route: '/api/v1/documents/:documentId', status: 200, seconds: 0.2 });
    metrics.jobs.observe({ queue: 'email', outcome: 'done', seconds: 0.1 });
    metrics.jobs.waiting('email', 3);
    metrics.jobs.active('email', 1);
    metrics.jobs.oldestSeconds('email', 12);
    metrics.jobs.heartbeatSeconds('email', 4);
    metrics.outbox.pending(7);
    metrics.outbox.oldestSeconds(2);
    metrics.outbox.relayed(5);
    metrics.outbox.relayed(1);
    metrics.outbox.resent(1);
    metrics.database.observe({ operation: 'select', seconds: 0.003 });
    metrics.database.slow();
    metrics.database.pool({ total: 8, idle: 5, waiting: 2 });
    const lines = new Set((await metrics.render()).split('\n'));
    for (const line of [
      'http_request_duration_seconds_count{service="api",method="GET",route="/api/v1/documents/:documentId",status="200"} 2',
      'http_request_duration_seconds_bucket{le="0.025",service="api",method="GET",route="/api/v1/documents/:documentId",status="200"} 1',
      'job_duration_seconds_count{service="api",queue="email",outcome="done"} 1',
      'jobs_waiting{queue="email",service="api"} 3',
      'jobs_active{queue="email",service="api"} 1',
      'jobs_oldest_waiting_seconds{queue="email",service="api"} 12',
      'jobs_heartbeat_age_seconds{queue="email",service="api"} 4',
      'outbox_pending{service="api"} 7',
      'outbox_oldest_pending_seconds{service="api"} 2',
      'outbox_relayed_total{service="api"} 6',
      'outbox_resent_total{service="api"} 1',
      'database_query_duration_seconds_count{service="api",operation="select"} 1',
      'database_slow_queries_total{service="api"} 1',
      'database_pool_connections{state="used",service="api"} 3',
      'database_pool_connections{state="idle",service="api"} 5',
      'database_pool_connections{state="waiting",service="api"} 2',
      'app_info{version="1.2.3",service="api"} 1',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('of Node.js are there, and two registries in one process do not meet', async () => {
    const [first, second] = [createMetrics({ service: 'a', version: '1' }), createMetrics({ service: 'b', version: '1' })];
    first.outbox.relayed(1);
    expect(await first.render()).toMatch(/^nodejs_eventloop_lag_p99_seconds\{service="a"\}/m);
    expect(await second.render()).toContain('outbox_relayed_total{service="b"} 0');
  });
});

describe('the server', () => {
  it('serves the registry in Prometheus text format', async () => {
    const answer = await fetch(`${await start()}/metrics?x=1`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).toContain('app_info{');
  });

  it('serves further routes with their own status, and nothing else', async () => {
    const ready = async () => ({ status: 503, contentType: 'application/json', body: '{"ready":false}' });
    const broken = async (): Promise<never> => {
      throw new Error('password=hunter2');
    };
    const base = await start({ routes: { '/health/ready': ready, '/broken': broken } });
    const answers = await Promise.all(['/health/ready', '/broken', '/', '/metrics/../etc/passwd'].map((path) => fetch(base + path)));
    expect(answers.map(({ status }) => status)).toEqual([503, 500, 404, 404]);
    expect(await answers[0]?.json()).toEqual({ ready: false });
    expect(await answers[1]?.text()).not.toContain('hunter2');
    expect((await fetch(`${base}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await fetch(`${base}/metrics`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('says at once that its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
    taken.close();
  });

  it('closes at once although a client keeps its connection open', async () => {
    const base = await start();
    await fetch(`${base}/metrics`).then((answer) => answer.text());
    const started = performance.now();
    await servers.pop()?.close();
    expect(performance.now() - started).toBeLessThan(500);
    await expect(fetch(`${base}/metrics`)).rejects.toThrow('fetch failed');
  });
});
