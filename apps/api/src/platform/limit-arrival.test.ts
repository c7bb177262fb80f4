import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from './create-server.js';
import { sendProblem } from './problem.js';
import { translateError } from './translate-error.js';

let server: FastifyInstance;
let port: number;

beforeAll(async () => {
  ({ server } = createServer({
    trustedProxies: [],
    headers: {},
    arrival: { bodyTimeoutMs: 300, idleTimeoutMs: 300 },
    headersTimeoutMs: 300,
  }));
  server.setErrorHandler((error, request, reply) => sendProblem(reply, translateError(error), request.id));
  server.post('/json', async (request) => request.body);
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put('/refused', async (_request, reply) => reply.code(409).send({}));
    scope.put('/file', { config: { arrivesSlowly: true } }, async (request) => ({
      received: (await buffer(request.body as Readable)).length,
    }));
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = server.server.address() as AddressInfo);
});
afterAll(() => server.close());

/** Sends the pieces with a pause behind each, as many as are wanted. */
async function send(method: string, path: string, pieces: string[], { pauseMs, size }: { pauseMs: number; size: number }) {
  const headers = { 'content-type': 'application/json', 'content-length': size };
  const request = httpRequest({ port, host: '127.0.0.1', method, path, headers });
  const answered = new Promise<{ status: number | undefined; body: unknown; connection: string | undefined }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      void buffer(response).then((bytes) =>
        resolve({ status: response.statusCode, body: JSON.parse(bytes.toString()), connection: response.headers.connection }),
      );
    });
  });
  for (const piece of pieces) {
    request.write(piece);
    await sleep(pauseMs);
  }
  return answered;
}

describe('a body that arrives slowly', () => {
  it('is taken as a file however long it takes, as long as bytes come', async () => {
    const answer = await send('PUT', '/file', Array(10).fill('x'), { pauseMs: 100, size: 10 });
    expect(answer).toMatchObject({ status: 200, body: { received: 10 } });
  });

  it('ends with 408 upload.too_slow when no byte of a file comes any more', async () => {
    const answer = await send('PUT', '/file', ['x'], { pauseMs: 0, size: 10 });
    expect(answer).toMatchObject({ status: 408, body: { code: 'upload.too_slow' }, connection: 'close' });
  });

  it('ends with 408 request.timeout elsewhere, also when bytes keep coming', async () => {
    const answer = await send('POST', '/json', Array(8).fill(' '), { pauseMs: 100, size: 10 });
    expect(answer).toMatchObject({ status: 408, body: { code: 'request.timeout' }, connection: 'close' });
  });

  it('is read as ever when it comes in time', async () => {
    expect(await send('POST', '/json', ['{"a"', ':1}'], { pauseMs: 20, size: 7 })).toMatchObject({ status: 200, body: { a: 1 } });
  });
});

it('a body that nobody reads leaves its connection to the next request', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < 2; round += 1) {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'a/b', 'content-length': 2_000_000 };
      const request = httpRequest({ port, host: '127.0.0.1', method: 'PUT', path: '/refused', headers, agent });
      request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
      request.on('error', reject);
      request.end(Buffer.alloc(2_000_000));
    });
    expect(status).toBe(409);
  }
  agent.destroy();
});

it('headers that do not end are answered with 408 request.timeout', async () => {
  const socket = connect(port, '127.0.0.1', () => socket.write('POST /json HTTP/1.1\r\nhost: x\r\n'));
  const answer = (await buffer(socket)).toString();
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('"code":"request.timeout"');
});
