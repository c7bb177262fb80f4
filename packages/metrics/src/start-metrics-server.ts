import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './create-metrics.js';

/** Answers GET on one path. A thrown error becomes a 500 without its text. */
export type MetricsRoute = () => Promise<{ status: number; contentType: string; body: string }>;

export interface MetricsServerOptions {
  metrics: Pick<Metrics, 'render' | 'contentType'>;
  /** An internal address: the figures are for operators, not for the public. */
  host: string;
  /** 0 picks a free one. */
  port: number;
  /** More paths on the same port, such as a worker's health: path → answer. */
  routes?: Readonly<Record<string, MetricsRoute>>;
}

export interface MetricsServer {
  port: number;
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>;
}

/** Serves GET /metrics and the given routes. Rejects when the port cannot be had. */
export async function startMetricsServer({ metrics, host, port, routes = {} }: MetricsServerOptions): Promise<MetricsServer> {
  const all = new Map<string, MetricsRoute>([
    ['/metrics', async () => ({ status: 200, contentType: metrics.contentType, body: await metrics.render() })],
    ...Object.entries(routes),
  ]);
  const server = createServer((request, response) => void answer(all, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(routes: ReadonlyMap<string, MetricsRoute>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, contentType: string, body: string): void => {
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const [path = ''] = (request.url ?? '').split('?');
  const route = routes.get(path);
  if (route === undefined) return send(404, 'text/plain', 'Not found\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', 'Method not allowed\n');
  try {
    const { status, contentType, body } = await route();
    send(status, contentType, body);
  } catch {
    send(500, 'text/plain', 'Internal error\n');
  }
}
