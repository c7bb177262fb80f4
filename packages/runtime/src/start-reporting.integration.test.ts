import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { createLogger } from '@repo/logging';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startReporting, type Reporter, type ReportingSettings } from './start-reporting.js';

const settings: ReportingSettings = { APP_VERSION: '1.2.3', NODE_ENV: 'production', SENTRY_DSN: undefined, SENTRY_SAMPLE_RATE: 1 };
const visitorAddress = '203.0.113.77';
/** Stands nowhere in this file: reports hold the lines of code around an error. */
const planted = randomBytes(12).toString('hex');
const received: string[] = [];
const servers: Server[] = [];
let sinkPort: number;

beforeAll(async () => {
  sinkPort = await listen(createServer((request, response) => void takeReport(request, response)));
});
afterEach(() => void received.splice(0));
afterAll(() => servers.forEach((server) => server.close()));

async function takeReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  received.push(await text(request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request));
  response.setHeader('content-type', 'application/json').end('{}');
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A server whose every request fails and is logged, with a reporter behind the log, as API and worker have it. */
function startFailingServer(reporter: Reporter): Promise<number> {
  const destination = new Writable({ write: (_line, _encoding, done) => done() });
  const logger = createLogger({ service: 'test', version: '1.2.3', level: 'error', format: 'json', destination, onError: reporter.error });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      throwWithSecrets(await readBody(request));
    } catch (error) {
      logger.error('The request failed.', { error, sessionToken: planted, route: '/things/:id' });
    }
    response.writeHead(500).end();
  };
  return listen(createServer((request, response) => void answer(request, response)));
}

/** By its events, as Fastify reads it: that is where the SDK listens for bodies. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  await once(request, 'end');
  return Buffer.concat(chunks).toString();
}

function throwWithSecrets(body: string): never {
  const cause = new Error(`the login with password=${planted} was refused`);
  throw new Error(`lost postgres://app:${planted}@db.internal/app after ${body.length} bytes`, { cause });
}

async function askWithSecrets(port: number): Promise<void> {
  // Under names that say nothing: what is called a session or a token the SDK hides by itself.
  await fetch(`http://127.0.0.1:${port}/things/1?about=${planted}`, {
    method: 'POST',
    headers: {
      cookie: `flavour=${planted}`,
      authorization: `Bearer ${planted}`,
      'x-note': planted,
      'content-type': 'application/json',
      'x-forwarded-for': visitorAddress,
    },
    body: JSON.stringify({ note: planted }),
  });
}

describe('startReporting', () => {
  // First: once loaded, the SDK stays.
  it('loads nothing and connects to nothing without a DSN', async () => {
    let connections = 0;
    const count = () => void (connections += 1);
    subscribe('net.client.socket', count);
    const reporter = await startReporting(settings);
    reporter.error({ timestamp: '', level: 'error', message: 'The request failed.', fields: {}, error: new Error('lost') });
    reporter.slowQuery({ sql: 'SELECT $1', durationMs: 900 });
    await reporter.flush();
    expect(connections).toBe(0);
    expect(globalThis).not.toHaveProperty('__SENTRY__');
    await askWithSecrets(await startFailingServer(reporter));
    unsubscribe('net.client.socket', count);
    expect(connections).toBe(1);
    expect(received).toEqual([]);
  });

  it('delivers errors and slow queries, and nothing that the request or the error held in secret', async () => {
    const reporter = await startReporting({ ...settings, SENTRY_DSN: `http://public@127.0.0.1:${sinkPort}/1` });
    await askWithSecrets(await startFailingServer(reporter));
    reporter.slowQuery({ sql: 'SELECT id FROM document WHERE id = $1', durationMs: 812.4 });
    await reporter.flush();
    const sent = received.join('\n');
    expect(sent).toContain('lost postgres://[redacted]@db.internal/app');
    expect(sent).toContain('password=[redacted] was refused');
    expect(sent).toContain('"route":"/things/:id"');
    expect(sent).toContain('"release":"1.2.3"');
    expect(sent).toMatch(/"url\.path":\{"value":"\/things\/1"/);
    expect(sent).toContain('"extra":{"sql":"SELECT id FROM document WHERE id = $1","durationMs":812}');
    expect(sent).not.toContain(planted);
    expect(sent).not.toContain(visitorAddress);
  });
});
