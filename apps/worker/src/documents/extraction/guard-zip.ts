import type { Readable } from 'node:stream';
import { AppError } from '@repo/errors';
import { fromBufferPromise, type ZipFile } from 'yauzl';

/** All parts of a Word file together may unpack to this much. */
const maxUnpackedBytes = 200 * 1024 * 1024;
/** One XML part: it is held in memory as a tree, several times its size. */
const maxXmlPartBytes = 32 * 1024 * 1024;
const maxEntries = 10_000;

/**
 * Reads the directory of a zip file, and unpacks every XML part once into nothing, before a library that trusts
 * the directory sees it. Throws `document.too_complex` when it holds more than the limits above or unpacks to more
 * than it says, `document.damaged` when it cannot be read, `document.type_mismatch` when no entry has the wanted name.
 */
export async function guardZip(bytes: Buffer, wantedEntry: RegExp): Promise<void> {
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
    await checkEntries(zip, wantedEntry);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && error.message.includes('too many bytes')) throw tooComplex('a part unpacks to more than it says', error);
    throw new AppError('document.damaged', { detail: 'unreadable zip file', cause: error });
  }
}

async function checkEntries(zip: ZipFile, wantedEntry: RegExp): Promise<void> {
  if (zip.entryCount > maxEntries) throw tooComplex(`${zip.entryCount} entries`);
  let found = false;
  let unpackedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    found ||= wantedEntry.test(entry.fileName);
    unpackedBytes += entry.uncompressedSize;
    if (unpackedBytes > maxUnpackedBytes) throw tooComplex(`more than ${maxUnpackedBytes} bytes unpacked`);
    if (!/\.(?:xml|rels)$/i.test(entry.fileName)) continue;
    if (entry.uncompressedSize > maxXmlPartBytes) throw tooComplex(`${entry.fileName} has ${entry.uncompressedSize} bytes`);
    await drain(await zip.openReadStreamPromise(entry));
  }
  if (!found) throw new AppError('document.type_mismatch', { detail: `no entry like ${wantedEntry} in the archive` });
}

/** Lets the stream run dry; it fails by itself when more comes out than the directory says. */
async function drain(stream: Readable): Promise<void> {
  for await (const chunk of stream) void chunk;
}

function tooComplex(detail: string, cause?: unknown): AppError {
  return new AppError('document.too_complex', { detail, cause });
}
