import { contentDisposition } from '../content-disposition.js';
import { assertObjectKey } from '../object-key.js';
import type { DownloadRequest, Storage, UploadRequest } from '../storage.js';
import { lazyClient, type S3StorageOptions } from './s3-client.js';
import { translate } from './s3-errors.js';

/** Signs addresses for browsers; nothing is sent to the store. */
export function createPresigner(options: S3StorageOptions): Pick<Storage, 'presignUpload' | 'presignDownload'> {
  const { bucket: Bucket } = options;
  const loadClient = lazyClient(options, options.publicEndpoint ?? options.endpoint);
  const load = async () => ({ ...(await loadClient()), getSignedUrl: (await import('@aws-sdk/s3-request-presigner')).getSignedUrl });
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

function expiry(seconds: number): Date {
  return new Date((Math.floor(Date.now() / 1000) + seconds) * 1000);
}
