import type { PoolClient } from 'pg';
import type { Database } from './client.js';

/** What the trigger of the outbox table notifies. */
const channel = 'outbox_event';
const reconnectMs = 2_000;

/**
 * Calls `onEvent` soon after a transaction committed new events. A nudge, not a promise: it may be lost while the
 * connection is (it comes back on its own), so who listens polls too. Holds one connection of the pool.
 */
export function listenToOutbox(database: Database, onEvent: () => void): { close(): Promise<void> } {
  let closed = false;
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;

  const drop = (): void => {
    client?.off('notification', onEvent);
    client?.off('error', reconnectLater);
    client?.on('error', () => undefined); // what it still says while it ends is of no use
    client?.release(true); // a listening connection is not for others
    client = undefined;
  };
  const reconnectLater = (): void => {
    drop();
    if (!closed) timer = setTimeout(() => void (connecting = connect()), reconnectMs).unref();
  };
  const connect = async (): Promise<void> => {
    try {
      client = await database.pool.connect();
      client.on('notification', onEvent);
      client.on('error', reconnectLater);
      await client.query(`LISTEN ${channel}`);
    } catch {
      reconnectLater();
    }
  };
  let connecting = connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await connecting;
      drop();
    },
  };
}
