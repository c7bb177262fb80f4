import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { LocalPostgresError } from './local-postgres-error.js';

/** Whom the server runs as; empty for the user who started it. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

const account = 'postgres';

/**
 * PostgreSQL refuses to run as root. As root it runs as the system user `postgres`, which is made when missing.
 * Throws LocalPostgresError when that user cannot be made.
 */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const known = lookUp(account);
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', account]);
  const made = lookUp(account);
  if (!made)
    throw new LocalPostgresError(`PostgreSQL does not run as root, and the user ${account} could not be made. Start as another user.`);
  return made;
}

function lookUp(name: string): Required<RunAs> | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
