// The migrator: `node dist/migrate/main.js`, with DATABASE_URL or DATABASE_URL_FILE. Exit code 0 when the database has
// the schema of this release, 1 otherwise.
import { databaseEnv, loadEnv } from '@repo/config';
import { AppError } from '@repo/errors';
import { migrate } from './migrate.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const { DATABASE_URL: url } = loadEnv(process.env, databaseEnv);
  const { applied } = await migrate({ url, onProgress: print });
  print(`done, ${applied.length} applied`);
  process.exit(0); // the engine leaves timers behind that would hold the process for ten seconds
} catch (error) {
  const reason = error instanceof AppError ? (error.detail ?? error.publicMessage) : String(error);
  process.stderr.write(`migrating failed: ${reason}\n`);
  process.exit(1);
}
