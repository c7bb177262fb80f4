import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { AppError } from '@repo/errors';

/** Passes a body on and fails with `upload.mismatch` when it is not exactly `sizeBytes` long or breaks off. */
export function limitBody(body: Readable, sizeBytes: number): Readable {
  let seen = 0;
  const counter = new Transform({
    transform(chunk: Buffer | string, encoding: BufferEncoding, done: TransformCallback) {
      seen += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
      if (seen > sizeBytes) done(new AppError('upload.mismatch', { detail: `more than the announced ${sizeBytes} bytes` }));
      else done(null, chunk);
    },
    flush(done: TransformCallback) {
      done(seen === sizeBytes ? null : new AppError('upload.mismatch', { detail: `${seen} of ${sizeBytes} bytes` }));
    },
  });
  body.once('error', (cause) => counter.destroy(new AppError('upload.mismatch', { detail: 'the body broke off', cause })));
  counter.once('close', () => body.destroy());
  return body.pipe(counter);
}
