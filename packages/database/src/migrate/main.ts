// The migrator: `node dist/migrate/main.js`, with DATABASE_URL or DATABASE_URL_FILE. Exit code 0 when the database has
// the schema of this release, 1 otherwise.
import { appFragments, loadEnv } from '@repo/config';
import { AppError } from '@repo/errors';
import { migrate } from './migrate.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const env = loadEnv(process.env, ...appFragments.migrator);
  const { applied } = await migrate({
    url: env.DATABASE_URL,
    lockTimeoutMs: env.MIGRATION_LOCK_TIMEOUT,
    statementTimeoutMs: env.MIGRATION_STATEMENT_TIMEOUT,
    onProgress: print,
  });
  print(`done, ${applied.length} applied`);
  process.exit(0); // the engine leaves timers behind that would hold the process for ten seconds
} catch (error) {
  const reason = error instanceof AppError ? (error.detail ?? error.publicMessage) : String(error);
  process.stderr.write(`migrating failed: ${reason}\n`);
  process.exit(1);
}
