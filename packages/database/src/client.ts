import { PrismaPg } from '@prisma/adapter-pg';
import { AppError } from '@repo/errors';
import { Pool } from 'pg';
import { type Prisma, PrismaClient } from './generated/client.js';
import { type ExecutedQuery, timedClient } from './timed-client.js';
import { translateDatabaseError } from './translate-error.js';

export type { Pool } from 'pg';
export { Prisma, type PrismaClient } from './generated/client.js';
export type { ExecutedQuery } from './timed-client.js';

/** What runs inside `Database.transaction`: commits or is undone with it. */
export type Transaction = Prisma.TransactionClient;
/** Where a statement may run: on its own, or inside a transaction. */
export type Connection = PrismaClient | Transaction;

export interface DatabaseOptions {
  url: string;
  /** Most connections this process holds, for Prisma and raw SQL together. */
  poolMax: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** A statement that runs longer is cancelled by the server. */
  statementTimeoutMs: number;
  /** Longest wait for a connection, free or new; default 3,000. */
  connectionTimeoutMs?: number;
  /** Hears of every statement after it ran, without its parameters. */
  onQuery?: (query: ExecutedQuery) => void;
  /** Hears of connections that broke while nobody used them; they are replaced on their own. */
  onConnectionLost?: (error: Error) => void;
}

export interface TransactionOptions {
  /** Longest time from begin to commit, after which all is undone; default 15,000. */
  timeoutMs?: number;
}

export interface Database {
  prisma: PrismaClient;
  /** The pool that `prisma` uses too. */
  pool: Pool;
  /** Runs all or nothing. Throws what `run` throws, or an AppError of the database. */
  transaction: <T>(run: (tx: Transaction) => Promise<T>, options?: TransactionOptions) => Promise<T>;
  /** Throws `database.unavailable` when there is no answer within `timeoutMs`. */
  ping: (timeoutMs: number) => Promise<void>;
  /** Waits for running statements, 5 s at most, and closes all connections. */
  close: () => Promise<void>;
}

/** How much longer than the server the client waits, so that a server that is frozen is noticed too. */
const graceMs = 2_000;
const closeTimeoutMs = 5_000;

/**
 * Opens no connection until the first statement. All errors that can be foreseen come as AppError:
 * `database.unavailable`, `database.busy`, `database.conflict`, `service.timeout`.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const { connectionTimeoutMs = 3_000, statementTimeoutMs } = options;
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolMax,
    application_name: options.applicationName,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + graceMs,
    idle_in_transaction_session_timeout: statementTimeoutMs + graceMs,
    connectionTimeoutMillis: connectionTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    Client: timedClient(options.onQuery),
  });
  pool.on('error', (error) => options.onConnectionLost?.(error)); // without a listener the process would end
  const prisma = translating(new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: { maxWait: connectionTimeoutMs } }));
  return {
    prisma,
    pool,
    transaction: async (run, { timeoutMs = 15_000 } = {}) => {
      try {
        return await prisma.$transaction(run, { timeout: timeoutMs });
      } catch (error) {
        throw translateDatabaseError(error);
      }
    },
    ping: (timeoutMs) => ping(pool, timeoutMs),
    close: async () => {
      await prisma.$disconnect();
      await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, closeTimeoutMs).unref())]);
    },
  };
}

/** Every operation of the client, in transactions too, throws translated errors. */
function translating(prisma: PrismaClient): PrismaClient {
  const extended = prisma.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        try {
          return await query(args);
        } catch (error) {
          throw translateDatabaseError(error);
        }
      },
    },
  });
  // An extension that only rethrows changes nothing that a caller can see but the errors.
  return extended as unknown as PrismaClient;
}

async function ping(pool: Pool, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('database.unavailable', { detail: `no answer within ${timeoutMs} ms` })), timeoutMs);
  });
  try {
    await Promise.race([pool.query('SELECT 1'), tooLate]);
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    clearTimeout(timer);
  }
}
