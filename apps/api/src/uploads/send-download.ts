import { AppError } from '@repo/errors';
import { contentDisposition, type DiskStorage } from '@repo/storage';
import type { FastifyReply } from 'fastify';

export interface DownloadCall {
  key: string;
  query: Readonly<Record<string, unknown>>;
}

/**
 * Streams a stored file to whoever holds a signed address. Always as an attachment, in a sandbox and with a fixed
 * type: an uploaded HTML page must never run on our origin. Throws `upload.*` or `storage.object_not_found`.
 */
export async function sendDownload(
  { files }: { files: DiskStorage },
  { key, query }: DownloadCall,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { filename, contentType } = files.verifyDownload({ key, query });
  const stored = await files.stat(key);
  if (!stored) throw new AppError('storage.object_not_found');
  const bytes = await files.get(key);
  return reply
    .headers({
      'content-type': contentType,
      'content-length': stored.sizeBytes,
      'content-disposition': contentDisposition(filename),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // An address names one version of one file for ever, and works for whoever holds it.
      'cache-control': 'private, max-age=604800, immutable',
    })
    .send(bytes);
}
