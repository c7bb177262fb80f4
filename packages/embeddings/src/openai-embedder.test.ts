import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAiEmbedder } from './openai-embedder.js';
import type { Embedder } from './embedder.js';

interface Received {
  headers: IncomingMessage['headers'];
  path: string | undefined;
  body: { model: string; input: string[]; dimensions: number; encoding_format: string };
}

let server: Server;
let received: Received[];
let answer: (response: ServerResponse, request: Received) => void;
let baseUrl: string;
let embedder: Embedder;

/** Its first number tells which text it belongs to. */
const vectorOf = (input: string): number[] => [input.length, ...Array.from({ length: 1023 }, () => 0)];

function answerVectors(response: ServerResponse, { body }: Received): void {
  // Out of order on purpose: the index counts, not the place.
  const data = body.input.map((input, index) => ({ index, embedding: vectorOf(input) })).toReversed();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seen = { headers: request.headers, path: request.url, body: JSON.parse(await text(request)) as Received['body'] };
  received.push(seen);
  answer(response, seen);
}

beforeEach(async () => {
  received = [];
  answer = answerVectors;
  server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  embedder = createOpenAiEmbedder({ apiKey: 'sk-secret', baseUrl, timeoutMs: 10_000, maxPauseMs: 1500 });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

const unavailable = { code: 'embeddings.unavailable' };

describe('the OpenAI embedder', () => {
  it('asks for 1,024 dimensions and gives the vectors in the order of the texts', async () => {
    const [first, second] = await embedder.embed(['a', 'bbb']);
    expect([first?.[0], second?.[0]]).toEqual([1, 3]);
    expect(received[0]).toMatchObject({
      path: '/v1/embeddings',
      headers: { authorization: 'Bearer sk-secret' },
      body: { model: 'text-embedding-3-small', dimensions: 1024, encoding_format: 'float', input: ['a', 'bbb'] },
    });
  });

  it('splits many texts into batches and asks nothing for none', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => 'x'.repeat(index + 1));
    const vectors = await embedder.embed(texts);
    expect(vectors.map((vector) => vector[0])).toEqual(texts.map((each) => each.length));
    expect(received.map(({ body }) => body.input.length)).toEqual([96, 96, 8]);
    expect(await embedder.embed([])).toEqual([]);
    expect(received).toHaveLength(3);
  });

  it('never sends an empty or endless text, which the provider would refuse', async () => {
    await embedder.embed(['', '  ', 'y'.repeat(50_000)]);
    expect(received[0]?.body.input.map((input) => input.length)).toEqual([1, 1, 8000]);
  });

  it('waits as long as a 429 asks and tries again', async () => {
    answer = (response, request) => {
      if (received.length > 1) answerVectors(response, request);
      else response.writeHead(429, { 'retry-after': '1' }).end('slow down');
    };
    const started = performance.now();
    expect(await embedder.embed(['a'])).toHaveLength(1);
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  it('gives up at once when a 429 asks for more patience than there is, and says how much', async () => {
    answer = (response) => response.writeHead(429, { 'retry-after': '60' }).end('slow down');
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ ...unavailable, retryAfterSeconds: 60 });
    expect(received).toHaveLength(1);
  });

  it('tries a server error three times, then is unavailable', async () => {
    answer = (response) => response.writeHead(500).end('oh');
    await expect(embedder.embed(['a'])).rejects.toMatchObject(unavailable);
    expect(received).toHaveLength(3);
  });

  it('does not repeat what a wrong key or a bad request will never make right, and keeps the key to itself', async () => {
    answer = (response) => response.writeHead(401).end('Incorrect API key provided: sk-secret');
    const thrown: unknown = await embedder.embed(['a']).catch((error: unknown) => error);
    expect(thrown).toMatchObject(unavailable);
    expect(String(thrown)).not.toContain('sk-secret');
    expect(received).toHaveLength(1);
  });

  it('is unavailable when the answer takes too long', async () => {
    answer = () => undefined;
    const hasty = createOpenAiEmbedder({ apiKey: 'k', baseUrl, timeoutMs: 200 });
    await expect(hasty.embed(['a'])).rejects.toMatchObject({ ...unavailable, detail: expect.stringContaining('200 ms') as string });
  });

  it('stops at once when it is aborted', async () => {
    answer = () => undefined;
    const started = performance.now();
    await expect(embedder.embed(['a'], AbortSignal.timeout(50))).rejects.toThrow(/abort|timeout/i);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each([
    ['too few vectors', { data: [] }],
    ['vectors of another length', { data: [{ index: 0, embedding: [1, 2, 3] }] }],
    ['something else', 'hello'],
    ['an index that is none', { data: [{ index: -1, embedding: vectorOf('a') }] }],
  ])('is unavailable when the answer holds %s', async (_, body) => {
    answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    await expect(embedder.embed(['a'])).rejects.toMatchObject(unavailable);
  });

  it('is unavailable when nothing listens', async () => {
    const lonely = createOpenAiEmbedder({ apiKey: 'k', baseUrl: 'http://127.0.0.1:1/v1', maxPauseMs: 1 });
    await expect(lonely.embed(['a'])).rejects.toMatchObject(unavailable);
  });
});
