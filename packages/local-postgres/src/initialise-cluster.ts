import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalPostgresError } from './local-postgres-error.js';
import type { ClusterPlace } from './place-cluster.js';

// The builtin provider sorts and lower-cases alike on every machine, whatever locales it has.
const flags = ['--locale-provider=builtin', '--locale=C.UTF-8', '--encoding=UTF8', '--auth=scram-sha-256', '--username=postgres'];

/**
 * Makes the cluster unless it is there. `durable: false` leaves out the wait for the disk, for tests.
 * Throws LocalPostgresError with initdb's own words; nothing half-made stays.
 */
export function initialiseCluster(place: ClusterPlace, { password, durable = true }: { password: string; durable?: boolean }): void {
  const { cluster, native, user } = place;
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) for (const file of [cluster, passwordFile]) chownSync(file, user.uid, user.gid);
  const args = [`--pgdata=${cluster}`, `--pwfile=${passwordFile}`, ...flags, ...(durable ? [] : ['--no-sync'])];
  // The server's user may not be allowed into the folder that this was started from.
  const result = spawnSync(join(native, 'bin', 'initdb'), args, { ...user, cwd: cluster, encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (result.status === 0) return;
  // The folder itself may be the target of a link; what is in it goes.
  for (const entry of readdirSync(cluster)) rmSync(join(cluster, entry), { recursive: true, force: true });
  throw new LocalPostgresError(`PostgreSQL could not make its data folder: ${result.stderr || result.error?.message}`);
}
