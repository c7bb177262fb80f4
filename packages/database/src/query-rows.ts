import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { translateDatabaseError } from './translate-error.js';

export interface NamedStatement {
  /** Makes it a prepared statement: planned once a connection. One name, one text. */
  name: string;
  text: string;
  values: unknown[];
}

/** The rows of one statement; throws translated errors. */
export async function queryRows<Row extends QueryResultRow>(on: Pool | PoolClient, statement: NamedStatement): Promise<Row[]> {
  try {
    return (await on.query<Row>(statement)).rows;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/**
 * Runs reading statements with settings of their own: `SET LOCAL` holds until the transaction ends and never
 * reaches the next user of the connection.
 */
export async function withSettings<T>(pool: Pool, settings: Record<string, string>, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const begin = ['BEGIN READ ONLY', ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`)].join('; ');
  let client: PoolClient | undefined;
  let failure: Error | undefined;
  try {
    client = await pool.connect();
    await client.query(begin);
    const result = await run(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given to the next user.
    failure = await client?.query('ROLLBACK').then(
      () => undefined,
      (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause))),
    );
    throw translateDatabaseError(error);
  } finally {
    client?.release(failure);
  }
}
