import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3, type TestS3 } from './s3.js';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** A presigned address, made after AWS's description rather than with the code under test. */
function presign(method: string, key: string, { secret = s3.secretAccessKey, expires = 60, signedAt = new Date() } = {}): string {
  const url = new URL(`${s3.endpoint}/${s3.bucket}/${key}`);
  const date = signedAt.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${s3.region}/s3/aws4_request`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${s3.accessKeyId}/${scope}`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expires),
    'X-Amz-SignedHeaders': 'host',
  });
  const canonical = [method, url.pathname, query.toString(), `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const signingKey = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  query.set('X-Amz-Signature', hmac(signingKey, toSign).toString('hex'));
  return `${url.href}?${query.toString()}`;
}

describe('startS3', () => {
  it('stores and returns with a good signature', async () => {
    expect((await fetch(presign('PUT', 'a.txt'), { method: 'PUT', body: 'abc' })).status).toBe(200);
    expect(await (await fetch(presign('GET', 'a.txt'))).text()).toBe('abc');
  });

  it.each([
    ['anonymous', () => `${s3.endpoint}/${s3.bucket}/a.txt`],
    ['of a wrong secret', () => presign('GET', 'a.txt', { secret: 'other' })],
    ['for another key', () => presign('GET', 'a.txt').replace('a.txt', 'b.txt')],
    ['expired', () => presign('GET', 'a.txt', { signedAt: new Date(Date.now() - 120_000) })],
    ['without a time', () => presign('GET', 'a.txt').replace(/X-Amz-Date=[^&]+/, 'X-Amz-Date=')],
  ])('answers a request that is %s with 403', async (_name, address) => {
    expect((await fetch(address())).status).toBe(403);
  });
});
