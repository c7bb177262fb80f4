import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { freePort } from './ports.js';
import { verifySignature } from './verify-signature.js';

export interface TestS3 {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: true;
  stop(): Promise<void>;
}

/** The only account that s3rver knows. */
const key = 'S3RVER';

/**
 * An S3 server on a free port with one empty bucket. s3rver checks no signature, so a proxy in front of it does:
 * a tampered, foreign, anonymous or expired request is answered with 403 as S3 would.
 */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'test-s3-'));
  const bucket = 'test-bucket';
  const port = await freePort();
  const store = new S3rver({ address: '127.0.0.1', port, directory, silent: true, configureBuckets: [{ name: bucket }] });
  await store.run();
  const proxy = createServer((request, response) => {
    if (request.method !== 'OPTIONS' && !verifySignature(request, key)) refuse(request, response);
    else pass(request, response, port);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    region: 'us-east-1',
    bucket,
    accessKeyId: key,
    secretAccessKey: key,
    forcePathStyle: true,
    stop: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => void proxy.close(resolve));
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(403, { 'content-type': 'application/xml', connection: 'close' });
  response.end('<?xml version="1.0" encoding="UTF-8"?><Error><Code>SignatureDoesNotMatch</Code></Error>');
}

function pass(request: IncomingMessage, response: ServerResponse, port: number): void {
  const onward = forward({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  request.once('close', () => {
    if (!request.complete) onward.destroy(); // a broken upload must not be stored
  });
  request.pipe(onward);
}
