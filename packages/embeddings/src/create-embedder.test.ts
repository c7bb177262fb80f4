import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { embeddingsEnv, loadEnv } from '@repo/config';
import { expect, it } from 'vitest';
import { createEmbedder } from './create-embedder.js';
import { createHashingEmbedder } from './hashing-embedder.js';

it('hashes unless another provider is named', async () => {
  const embedder = createEmbedder(loadEnv({ NODE_ENV: 'test' }, embeddingsEnv));
  expect(embedder.model).toBe(createHashingEmbedder().model);
  expect(await embedder.embed(['travel costs'])).toEqual(await createHashingEmbedder().embed(['travel costs']));
});

it('asks the service that is named, with the key that is given', async () => {
  const asked: (string | undefined)[] = [];
  const embedding = Array.from({ length: 1024 }, () => 1);
  const server = createServer((request, response) => {
    asked.push(request.url, request.headers.authorization);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: [{ index: 0, embedding }] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const OPENAI_BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const source = { NODE_ENV: 'test', EMBEDDINGS_PROVIDER: 'openai', OPENAI_API_KEY: 'the-key', OPENAI_BASE_URL };
  await createEmbedder(loadEnv(source, embeddingsEnv)).embed(['travel costs']);
  server.closeAllConnections();
  server.close();
  expect(asked).toEqual(['/v1/embeddings', 'Bearer the-key']);
});
