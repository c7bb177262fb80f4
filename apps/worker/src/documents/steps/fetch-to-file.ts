import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brand } from '@repo/brand';
import { AppError } from '@repo/errors';

export interface TemporaryFile {
  path: string;
  /** Removes it with its folder. Never throws. */
  remove(): Promise<void>;
}

/** How the folders of temporary files begin. */
export const temporaryPrefix = `${brand.slug}-ingestion-`;

/**
 * Writes a stream to a temporary file that only this process can read. Stops at the first byte too many. Throws
 * `document.empty` for no bytes, `document.size_mismatch` for more or fewer than `sizeBytes`.
 */
export async function fetchToFile(
  source: Readable,
  { sizeBytes, signal }: { sizeBytes: number; signal: AbortSignal },
): Promise<TemporaryFile> {
  const file = await makeFile();
  let arrived = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      arrived += chunk.length;
      if (arrived > sizeBytes) done(mismatch(sizeBytes, `more than ${sizeBytes}`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(source, counter, createWriteStream(file.path, { mode: 0o600 }), { signal });
    if (arrived === 0) throw new AppError('document.empty');
    if (arrived < sizeBytes) throw mismatch(sizeBytes, String(arrived));
    return file;
  } catch (error) {
    await file.remove();
    // What the store says about itself is an AppError already; an abort is told by its reason.
    throw signal.aborted ? signal.reason : error;
  }
}

/** The same for a text that is at hand. */
export async function writeToFile(text: string): Promise<TemporaryFile> {
  const file = await makeFile();
  await writeFile(file.path, text, { mode: 0o600 });
  return file;
}

/** Removes what killed workers left: folders older than any job may take. Never throws. */
export async function removeLeftFiles(olderThanMs = 3_600_000): Promise<void> {
  const names = (await readdir(tmpdir()).catch(() => [])).filter((name) => name.startsWith(temporaryPrefix));
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > olderThanMs) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

async function makeFile(): Promise<TemporaryFile> {
  const directory = await mkdtemp(join(tmpdir(), temporaryPrefix));
  return { path: join(directory, 'source'), remove: () => rm(directory, { recursive: true, force: true }).catch(() => {}) };
}

function mismatch(sizeBytes: number, arrived: string): AppError {
  return new AppError('document.size_mismatch', { detail: `announced ${sizeBytes} bytes, found ${arrived}` });
}
