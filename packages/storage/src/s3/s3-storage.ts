import type { S3Client } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { AppError } from '@repo/errors';
import { contentDisposition } from '../content-disposition.js';
import { assertObjectKey } from '../object-key.js';
import type { DownloadRequest, Storage, UploadRequest } from '../storage.js';
import { limitBody } from './limit-body.js';
import { isNotFound, translate } from './s3-errors.js';

export interface S3StorageOptions {
  bucket: string;
  region: string;
  /** Default: the provider's own for the region. */
  endpoint?: string;
  /** What browsers reach the store under, when that is not `endpoint`. */
  publicEndpoint?: string;
  /** Without both keys the machine's own role is used. */
  accessKeyId?: string;
  secretAccessKey?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`; most self-hosted stores want it. */
  forcePathStyle?: boolean;
  /** Until the store answers. Default: 15 000 */
  timeoutMs?: number;
}

type Sdk = typeof import('@aws-sdk/client-s3');

/** Objects in a bucket. The SDK is loaded with the first call, so that a process on disk storage never carries it. */
export function createS3Storage(options: S3StorageOptions): Storage {
  const { bucket: Bucket } = options;
  let loaded: Promise<{ sdk: Sdk; client: S3Client }> | undefined;
  const load = (): Promise<{ sdk: Sdk; client: S3Client }> =>
    (loaded ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: createClient(sdk, options, options.endpoint) })));

  return {
    async put(Key, body, { contentType, sizeBytes }) {
      assertObjectKey(Key);
      const { sdk, client } = await load();
      const Body = Buffer.isBuffer(body) ? checkLength(body, sizeBytes) : limitBody(body, sizeBytes);
      await translate(client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ContentType: contentType, ContentLength: sizeBytes })));
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
      await translate(client.send(new sdk.HeadBucketCommand({ Bucket }), { abortSignal: signal }));
    },
    ...createPresigner(options),
  };
}

function createPresigner(options: S3StorageOptions): Pick<Storage, 'presignUpload' | 'presignDownload'> {
  const { bucket: Bucket } = options;
  const load = once(async () => {
    const [sdk, { getSignedUrl }] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/s3-request-presigner')]);
    return { sdk, getSignedUrl, client: createClient(sdk, options, options.publicEndpoint ?? options.endpoint) };
  });
  return {
    async presignUpload({ key, contentType, sizeBytes, expiresInSeconds }: UploadRequest) {
      assertObjectKey(key);
      const { sdk, getSignedUrl, client } = await load();
      const command = new sdk.PutObjectCommand({ Bucket, Key: key, ContentType: contentType, ContentLength: sizeBytes });
      const expiresAt = expiry(expiresInSeconds);
      // Signed headers: the store refuses another type or another length.
      const signableHeaders = new Set(['content-type', 'content-length']);
      const url = await translate(getSignedUrl(client, command, { expiresIn: expiresInSeconds, signableHeaders }));
      return { method: 'PUT', url, headers: { 'content-type': contentType }, expiresAt };
    },
    async presignDownload({ key, filename, contentType, expiresInSeconds }: DownloadRequest) {
      assertObjectKey(key);
      const { sdk, getSignedUrl, client } = await load();
      const answer = { ResponseContentDisposition: contentDisposition(filename), ResponseContentType: contentType };
      const command = new sdk.GetObjectCommand({ Bucket, Key: key, ...answer });
      const expiresAt = expiry(expiresInSeconds);
      return { url: await translate(getSignedUrl(client, command, { expiresIn: expiresInSeconds })), expiresAt };
    },
  };
}

function createClient(sdk: Sdk, options: S3StorageOptions, endpoint: string | undefined): S3Client {
  const { region, accessKeyId, secretAccessKey, forcePathStyle = false, timeoutMs = 15_000 } = options;
  const ownKeys = accessKeyId !== undefined && secretAccessKey !== undefined;
  return new sdk.S3Client({
    region,
    forcePathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(ownKeys ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    // Other stores than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    maxAttempts: 3,
  });
}

function checkLength(body: Buffer, sizeBytes: number): Buffer {
  if (body.byteLength !== sizeBytes) throw new AppError('upload.mismatch', { detail: `${body.byteLength} of ${sizeBytes} bytes` });
  return body;
}

function expiry(seconds: number): Date {
  return new Date((Math.floor(Date.now() / 1000) + seconds) * 1000);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
