import { startS3, type TestS3 } from '@repo/testing/s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itStoresObjects } from '../storage-conformance.fixture.js';
import type { Storage } from '../storage.js';
import { createS3Storage } from './s3-storage.js';

let s3: TestS3;
let storage: Storage;

beforeAll(async () => {
  s3 = await startS3();
  storage = createS3Storage(s3);
});

afterAll(() => s3.stop());

describe('S3 storage, as every store', () => {
  // S3 answers each of them with 403 and words of its own.
  itStoresObjects(() => ({ storage, refusal: () => [403, null] }));
});

describe('S3 storage', () => {
  it('signs for the address that browsers use', async () => {
    const publicly = createS3Storage({ ...s3, publicEndpoint: 'https://files.example.com' });
    const { url } = await publicly.presignUpload({ key: 'a/b', contentType: 'text/plain', sizeBytes: 1, expiresInSeconds: 60 });
    expect(url).toMatch(/^https:\/\/files\.example\.com\/test-bucket\/a\/b\?/);
    expect(url).toContain('X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost');
  });

  it('is unavailable with wrong keys, without a bucket and without a server', async () => {
    const unavailable = { code: 'storage.unavailable' };
    for (const wrong of [{ secretAccessKey: 'wrong' }, { bucket: 'no-such-bucket' }, { endpoint: 'http://127.0.0.1:1' }]) {
      const broken = createS3Storage({ ...s3, ...wrong });
      await expect(broken.put('a/b', Buffer.from('x'), { contentType: 'text/plain', sizeBytes: 1 })).rejects.toMatchObject(unavailable);
      await expect(broken.ping(AbortSignal.timeout(5000))).rejects.toMatchObject(unavailable);
    }
  });
});
