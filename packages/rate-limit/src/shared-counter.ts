import type { Redis } from '@repo/redis';

export interface Use {
  key: string;
  cost: number;
  /** The window begins with the first use of the key. */
  windowMs: number;
}

export interface Count {
  /** All uses in this window, this one included. */
  used: number;
  /** Until the window ends. */
  resetMs: number;
}

export interface SharedCounter {
  /** Counts a use for all processes. Rejects when Redis fails. */
  count(use: Use): Promise<Count>;
}

interface Waiting {
  use: Use;
  resolve: (count: Count) => void;
  reject: (reason: unknown) => void;
}

/** Adds each cost to its key; a key that has no end yet gets one. Answers used and remaining milliseconds, in pairs. */
const countUses = `
local counts = {}
for index, key in ipairs(KEYS) do
  local used = redis.call('INCRBY', key, ARGV[2 * index - 1])
  local reset = redis.call('PTTL', key)
  if reset < 0 then
    reset = tonumber(ARGV[2 * index])
    redis.call('PEXPIRE', key, reset)
  end
  counts[2 * index - 1] = used
  counts[2 * index] = reset
end
return counts`;

type CountingRedis = Redis & { countUses(keys: number, ...keysAndArguments: (string | number)[]): Promise<number[]> };

/**
 * Counts in Redis. Every request is counted, so this is the most frequent command there is: the uses of one turn of
 * the event loop go out as one command, which costs a busy process a fraction of one command for each.
 */
export function createSharedCounter(redis: Redis): SharedCounter {
  redis.defineCommand('countUses', { lua: countUses });
  let waiting: Waiting[] = [];

  function flush(): void {
    const batch = waiting;
    waiting = [];
    void send(redis as CountingRedis, batch);
  }

  return {
    count: (use) =>
      new Promise((resolve, reject) => {
        waiting.push({ use, resolve, reject });
        if (waiting.length === 1) setImmediate(flush);
      }),
  };
}

async function send(redis: CountingRedis, batch: Waiting[]): Promise<void> {
  const keys = batch.map(({ use }) => use.key);
  const costsAndWindows = batch.flatMap(({ use }) => [use.cost, use.windowMs]);
  try {
    const counts = await redis.countUses(keys.length, ...keys, ...costsAndWindows);
    batch.forEach(({ resolve }, index) => resolve({ used: counts[2 * index]!, resetMs: counts[2 * index + 1]! }));
  } catch (reason) {
    for (const { reject } of batch) reject(reason);
  }
}
