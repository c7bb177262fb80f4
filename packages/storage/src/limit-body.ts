import { Readable } from 'node:stream';
import { AppError } from '@repo/errors';

/**
 * Passes a body on and fails with `upload.mismatch` when it is not exactly `sizeBytes` long or breaks off. The last
 * piece is held back until the end is seen: a store that counts bytes can never take a wrong body for a complete one.
 */
export function limitBody(body: Readable, sizeBytes: number): Readable {
  return Readable.from(exactly(body, sizeBytes), { objectMode: false });
}

/** The same as chunks, for a writer that takes them one by one. */
export async function* exactly(body: AsyncIterable<unknown> | Iterable<unknown>, sizeBytes: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  let seen = 0;
  for await (const chunk of chunksOf(body)) {
    seen += chunk.byteLength;
    if (seen > sizeBytes) throw new AppError('upload.mismatch', { detail: `more than the announced ${sizeBytes} bytes` });
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (seen < sizeBytes) throw new AppError('upload.mismatch', { detail: `${seen} of ${sizeBytes} bytes` });
  if (held !== undefined) yield held;
}

/** The bytes of a stream. Throws what the stream says of itself, else `upload.mismatch` when it fails: its sender went away. */
async function* chunksOf(body: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('upload.mismatch', { detail: 'the body broke off', cause: thrown });
  }
}
