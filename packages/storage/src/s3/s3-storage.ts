import { Readable } from 'node:stream';
import { AppError } from '@repo/errors';
import { limitBody } from '../limit-body.js';
import { assertObjectKey } from '../object-key.js';
import type { Storage } from '../storage.js';
import { lazyClient, type S3StorageOptions } from './s3-client.js';
import { isNotFound, toUnavailable, translate } from './s3-errors.js';
import { createPresigner } from './s3-presigner.js';

/** Objects in a bucket. The SDK is loaded with the first call. */
export function createS3Storage(options: S3StorageOptions): Storage {
  const { bucket: Bucket } = options;
  const load = lazyClient(options, options.endpoint);

  return {
    async put(Key, body, { contentType, sizeBytes }) {
      assertObjectKey(Key);
      const { sdk, client } = await load();
      const target = { Bucket, Key, ContentType: contentType, ContentLength: sizeBytes };
      if (Buffer.isBuffer(body)) {
        await translate(client.send(new sdk.PutObjectCommand({ ...target, Body: checkLength(body, sizeBytes) })));
        return;
      }
      const { Body, failure, signal } = watch(limitBody(body, sizeBytes));
      await Promise.race([translate(client.send(new sdk.PutObjectCommand({ ...target, Body }), { abortSignal: signal })), failure]);
    },
    async get(Key) {
      assertObjectKey(Key);
      const { sdk, client } = await load();
      const { Body } = await translate(client.send(new sdk.GetObjectCommand({ Bucket, Key })));
      if (!(Body instanceof Readable)) throw new AppError('storage.unavailable', { detail: 'the answer holds no body' });
      return Body;
    },
    async stat(Key) {
      assertObjectKey(Key);
      const { sdk, client } = await load();
      try {
        const found = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
        return { sizeBytes: found.ContentLength ?? 0, contentType: found.ContentType ?? 'application/octet-stream' };
      } catch (thrown) {
        if (isNotFound(thrown)) return null;
        return translate(Promise.reject(thrown));
      }
    },
    async delete(Key) {
      assertObjectKey(Key);
      const { sdk, client } = await load();
      await translate(client.send(new sdk.DeleteObjectCommand({ Bucket, Key })));
    },
    async ping(signal) {
      const { sdk, client } = await load();
      try {
        await client.send(new sdk.HeadBucketCommand({ Bucket }), { abortSignal: signal });
      } catch (thrown) {
        // Also when it is the bucket itself that is missing.
        throw toUnavailable(thrown);
      }
    },
    ...createPresigner(options),
  };
}

/** The SDK waits for ever for a body that has failed: the failure must end the request itself. */
function watch(Body: Readable): { Body: Readable; failure: Promise<never>; signal: AbortSignal } {
  const controller = new AbortController();
  const failure = new Promise<never>((_resolve, reject) => {
    Body.once('error', (thrown) => {
      reject(thrown);
      controller.abort();
    });
  });
  return { Body, failure, signal: controller.signal };
}

function checkLength(body: Buffer, sizeBytes: number): Buffer {
  if (body.byteLength !== sizeBytes) throw new AppError('upload.mismatch', { detail: `${body.byteLength} of ${sizeBytes} bytes` });
  return body;
}
