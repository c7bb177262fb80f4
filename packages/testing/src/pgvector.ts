import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { freePort } from './ports.js';

export interface TestPgvector {
  url: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL with pgvector, which the embedded server does not have: PGlite (PostgreSQL as WebAssembly) in this
 * process, behind a port of its own. It runs one session at a time, so it proves statements, not concurrency.
 */
export async function startPgvector(): Promise<TestPgvector> {
  const pglite = await PGlite.create({ extensions: { vector, btree_gin, pg_trgm } });
  const port = await freePort();
  const server = new PGLiteSocketServer({ db: pglite, host: '127.0.0.1', port, maxConnections: 10 });
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await pglite.close();
    },
  };
}
