import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@repo/errors';
import type { ObjectDescription } from '../storage.js';
import { isMissing } from './file-errors.js';

/** The file in an object's folder that says which bytes are current. */
export const pointerName = '.object';
const blobSuffix = '.blob';
const partSuffix = '.part';

export interface ObjectPointer extends ObjectDescription {
  /** The file in the same folder that holds the bytes. */
  blob: string;
}

export const blobName = (id: string): string => `.${id}${blobSuffix}`;
export const partName = (id: string): string => `.${id}${partSuffix}`;

/** True for files that are of no use unless a pointer names them. */
export function isPartOrBlob(name: string): boolean {
  return name.startsWith('.') && (name.endsWith(blobSuffix) || name.endsWith(partSuffix));
}

/** What an object's folder says is current; null when there is nothing. Throws `storage.unavailable` for a damaged pointer. */
export async function readPointer(folder: string): Promise<ObjectPointer | null> {
  let text: string;
  try {
    text = await readFile(join(folder, pointerName), 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
  const pointer = parsePointer(text);
  if (pointer === null) throw new AppError('storage.unavailable', { detail: `damaged pointer in ${folder}` });
  return pointer;
}

function parsePointer(text: string): ObjectPointer | null {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof ObjectPointer, unknown>>;
    const { blob, contentType, sizeBytes } = value;
    if (typeof blob !== 'string' || !/^\.[0-9a-f-]{36}\.blob$/.test(blob)) return null;
    return typeof contentType === 'string' && typeof sizeBytes === 'number' ? { blob, contentType, sizeBytes } : null;
  } catch {
    return null;
  }
}
