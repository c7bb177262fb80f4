import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './file-errors.js';
import { isPartOrBlob, readPointer } from './object-pointer.js';

/**
 * Removes what broken-off writes left under a folder: files that no pointer names and that nobody has written to for
 * `olderThanMs`. Returns how many.
 */
export async function removeOrphansUnder(folder: string, olderThanMs: number): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    if (isMissing(thrown)) return [];
    throw thrown;
  });
  let removed = 0;
  const loose: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) removed += await removeOrphansUnder(join(folder, entry.name), olderThanMs);
    else if (isPartOrBlob(entry.name)) loose.push(entry.name);
  }
  if (loose.length > 0) removed += await removeLoose(folder, loose, olderThanMs);
  return removed;
}

async function removeLoose(folder: string, names: string[], olderThanMs: number): Promise<number> {
  const limit = Date.now() - olderThanMs;
  const old: string[] = [];
  for (const name of names) {
    const info = await stat(join(folder, name)).catch(() => null);
    if (info !== null && info.mtimeMs <= limit) old.push(name);
  }
  // Read after the ages: a file that becomes current meanwhile is young.
  const current = (await readPointer(folder))?.blob;
  const orphans = old.filter((name) => name !== current);
  for (const name of orphans) await rm(join(folder, name), { force: true });
  return orphans.length;
}

/** Removes a folder and its parents up to `root` as long as they are empty. */
export async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let path = folder; path.length > root.length; path = join(path, '..')) {
    try {
      await rmdir(path);
    } catch {
      return;
    }
  }
}
