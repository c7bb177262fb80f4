import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleFile } from './files.js';

/** Where documents lie that nobody here wrote, on machines that have them. */
const folder = process.env.DOCUMENT_CORPUS;

/** A document of the corpus; null where there is none. */
export function fromCorpus(name: string, mimeType: string): SampleFile | null {
  if (!folder) return null;
  const file = path.join(folder, name);
  return existsSync(file) ? { name, mimeType, buffer: readFileSync(file) } : null;
}
