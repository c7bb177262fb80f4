import type { Client } from 'pg';

interface Blocker {
  pid: number;
  application: string;
  username: string;
  state: string;
  seconds: number;
  query: string;
}

const lookEveryMs = 200;
const longestLookMs = 5_000;
const longestQueryShown = 80;

/**
 * Looks again and again at who holds up the backend `pid`, until `stop` is called, and remembers the last it saw: once
 * a lock timeout has come, nobody holds it up any more. `onBlocked` hears of it once.
 */
export function watchBlockers(client: Client, pid: number, onBlocked: (text: string) => void = () => undefined) {
  let seen = '';
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const blockers = await findBlockers(client, pid).catch(() => []);
    if (blockers.length === 0) return;
    if (seen === '') onBlocked(blockers.map(describeBlocker).join('; '));
    seen = blockers.map(describeBlocker).join('; ');
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = undefined));
  }, lookEveryMs);
  return {
    /** Who was in the way, in words; empty when nobody was seen. */
    stop: async (): Promise<string> => {
      clearInterval(timer);
      await looking;
      return seen;
    },
  };
}

async function findBlockers(client: Client, pid: number): Promise<Blocker[]> {
  const question = {
    text: `SELECT pid, coalesce(application_name, '') AS application, coalesce(usename, '') AS username, coalesce(state, backend_type) AS state,
        coalesce(extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start)), 0)::int AS seconds, coalesce(query, '') AS query
      FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids($1)) ORDER BY xact_start NULLS LAST`,
    values: [pid],
    // Or `stop` would wait for the answer of a server that is out of reach.
    query_timeout: longestLookMs,
  };
  const { rows } = await client.query<Blocker>(question);
  return rows;
}

function describeBlocker({ pid, application, username, state, seconds, query }: Blocker): string {
  const oneLine = query.replaceAll(/\s+/g, ' ').trim();
  const shown = oneLine.length > longestQueryShown ? `${oneLine.slice(0, longestQueryShown)}…` : oneLine;
  return `backend ${pid} (${application || 'unnamed'}, user ${username}, ${state}, transaction open for ${seconds} s): ${shown}`;
}
