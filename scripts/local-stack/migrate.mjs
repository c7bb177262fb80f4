import path from 'node:path';
import { root, run } from '../toolchain.mjs';

/** Brings the database's schema up to date. @throws {UserError} with the migrator's own words */
export function migrateDatabase(databaseUrl) {
  const program = path.join(root, 'packages', 'database', 'dist', 'migrate', 'main.js');
  return run(process.execPath, [program], { env: { ...process.env, DATABASE_URL: databaseUrl }, quiet: true });
}
