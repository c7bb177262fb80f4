import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { LocalPostgresError } from './local-postgres-error.js';
import { runAs, type RunAs } from './run-as.js';

/** Where a cluster and the programs of its server stand, and as whom they run. */
export interface ClusterPlace {
  cluster: string;
  /** The folder with bin/, lib/ and share/. */
  native: string;
  user: RunAs;
}

/** For what the user `postgres` cannot reach where it is. */
const publicHome = '/var/lib/embedded-postgres';

/**
 * Chooses the place of the cluster `directory/postgres`. A folder that the server's user cannot walk to, such as
 * one under /root, holds a link instead; the cluster then stands under /var/lib, with a copy of the programs.
 * Throws LocalPostgresError where there is no PostgreSQL for this system.
 */
export function placeCluster(directory: string): ClusterPlace {
  const user = runAs();
  const cluster = join(directory, 'postgres');
  const native = nativeFolder();
  if (user.uid === undefined) return { cluster, native, user };
  return {
    cluster: everyoneCanReach(directory) ? cluster : reachableCluster(cluster),
    native: everyoneCanReach(join(native, 'bin')) ? native : reachableCopy(native),
    user,
  };
}

function nativeFolder(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return resolve(dirname(require.resolve(`@embedded-postgres/${system}-${process.arch}`)), '..', 'native');
  } catch (error) {
    const detail = `There is no embedded PostgreSQL for ${system}-${process.arch}. Name a server in DATABASE_URL.`;
    throw new LocalPostgresError(detail, { cause: error });
  }
}

/** Each folder on the way lets everyone pass. */
function everyoneCanReach(folder: string): boolean {
  let at = realpathSync(folder);
  while ((statSync(at).mode & 0o001) !== 0) {
    if (at === dirname(at)) return true;
    at = dirname(at);
  }
  return false;
}

function reachableCluster(link: string): string {
  if (existsSync(link)) return realpathSync(link);
  rmSync(link, { force: true }); // it may lead to a cluster that was deleted
  mkdirSync(publicHome, { recursive: true, mode: 0o755 });
  const home = mkdtempSync(join(publicHome, 'cluster-'));
  symlinkSync(home, link);
  return home;
}

/** One copy serves all clones with the same version; it appears whole or not at all. */
function reachableCopy(native: string): string {
  const version = basename(resolve(native, '..', '..', '..', '..'));
  const copy = join(publicHome, version);
  if (existsSync(copy)) return copy;
  mkdirSync(publicHome, { recursive: true, mode: 0o755 });
  const partial = mkdtempSync(join(publicHome, 'copying-'));
  chmodSync(partial, 0o755);
  // The links between the libraries are relative; resolved, they would lead back to where the user cannot go.
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error; // another process was first with the same files
  }
  return copy;
}
