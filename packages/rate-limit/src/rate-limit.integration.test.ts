import { connectRedis, waitForRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRateLimiter, defaultPolicies, rateLimitHeaders, type RateLimitDecision } from './index.js';

let server: TestRedis;
let redis: Redis;
let key = '';
let counter = 0;

beforeAll(async () => {
  server = await startRedis({ policy: 'allkeys-lru' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  redis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'rate-limit-test' });
  await waitForRedis(redis, 10_000);
  counter += 1;
  key = `key-${counter}`;
});
afterEach(() => redis.disconnect());

async function timed(action: () => Promise<RateLimitDecision>): Promise<RateLimitDecision & { tookMs: number }> {
  const start = performance.now();
  const decision = await action();
  return { ...decision, tookMs: performance.now() - start };
}

async function consumeTimes(limiter: { consume(): Promise<RateLimitDecision> }, times: number): Promise<RateLimitDecision[]> {
  const decisions: RateLimitDecision[] = [];
  for (let index = 0; index < times; index += 1) decisions.push(await limiter.consume());
  return decisions;
}

describe('with Redis', () => {
  it('twenty API calls a second pass, the twenty-first is told to wait one second, and waiting that long succeeds', async () => {
    const limiter = createRateLimiter({ redis, policies: defaultPolicies });
    const decisions = await Promise.all(Array.from({ length: 21 }, () => limiter.consume('api', key)));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(20);
    const refused = decisions.find(({ allowed }) => !allowed);
    expect(refused).toMatchObject({ policy: 'api', limit: 20, remaining: 0, windowSeconds: 1 });
    const retryAfter = rateLimitHeaders(refused ?? [])['retry-after'];
    expect(retryAfter).toBe('1');
    await sleep(Number(retryAfter) * 1000);
    expect(await limiter.consume('api', key)).toMatchObject({ allowed: true, remaining: 19 });
  });

  it('keys and policies do not use up each other', async () => {
    const limiter = createRateLimiter({ redis, policies: defaultPolicies });
    await consumeTimes({ consume: () => limiter.consume('sign-in-address', key) }, 6);
    expect(await limiter.consume('sign-in-address', key)).toMatchObject({ allowed: false });
    expect(await limiter.consume('sign-in-address', `${key}-other`)).toMatchObject({ allowed: true });
    expect(await limiter.consume('sign-in-account', key)).toMatchObject({ allowed: true });
  });

  it('two processes share one limit', async () => {
    const second = connectRedis({ url: server.url, profile: 'fail-fast', name: 'second' });
    await waitForRedis(second, 5000);
    try {
      const limiters = [redis, second].map((connection) =>
        createRateLimiter({ redis: connection, policies: defaultPolicies, instances: 2 }),
      );
      const decisions = await Promise.all(Array.from({ length: 10 }, (_, index) => limiters[index % 2]!.consume('sign-in-address', key)));
      expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(5);
    } finally {
      second.disconnect();
    }
  });

  it('a costly use counts as many', async () => {
    const limiter = createRateLimiter({ redis, policies: defaultPolicies });
    expect(await limiter.consume('expensive', key, 8)).toMatchObject({ allowed: true, remaining: 2 });
    expect(await limiter.consume('expensive', key, 3)).toMatchObject({ allowed: false, remaining: 0 });
    await expect(limiter.consume('expensive', key, 0.5)).rejects.toMatchObject({ code: 'service.bug' });
  });

  it('what is given back can be used again, by every process', async () => {
    const policies = { few: { points: 2, windowSeconds: 60 } };
    const [limiter, other] = [createRateLimiter({ redis, policies }), createRateLimiter({ redis, policies })];
    for (let round = 0; round < 5; round += 1) {
      expect(await limiter.consume('few', key)).toMatchObject({ allowed: true, remaining: 1 });
      await limiter.giveBack('few', key);
    }
    expect(await other.consume('few', key)).toMatchObject({ allowed: true, remaining: 1 });
    expect(await other.consume('few', key)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limiter.consume('few', key)).toMatchObject({ allowed: false });
  });

  it('refusals do not push the end of the window away', async () => {
    const limiter = createRateLimiter({ redis, policies: { short: { points: 1, windowSeconds: 2 } } });
    await limiter.consume('short', key);
    const first = await limiter.consume('short', key);
    await sleep(300);
    const second = await limiter.consume('short', key);
    expect(second.allowed).toBe(false);
    expect(second.resetMs).toBeLessThan(first.resetMs - 200);
  });
});

describe.each(['killed', 'frozen'] as const)('Redis %s midway', (how) => {
  const takeAway = async (): Promise<void> => (how === 'killed' ? server.kill() : server.pause());
  const giveBack = async (): Promise<void> => (how === 'killed' ? server.restart() : server.resume());

  it('every decision still comes within a second, sign-in stays limited, and counting returns to Redis', async () => {
    const onOutage = vi.fn<(outage: boolean) => void>();
    const limiter = createRateLimiter({
      redis,
      policies: { ...defaultPolicies, paid: { points: 100, windowSeconds: 60, blockOnOutage: true } },
      onOutage,
    });
    const signIn = (): Promise<RateLimitDecision> => limiter.consume('sign-in-address', key);
    expect(await consumeTimes({ consume: signIn }, 3)).toMatchObject([{ remaining: 4 }, { remaining: 3 }, { remaining: 2 }]);

    // A steady stream of decisions runs through the whole outage.
    const stream: (RateLimitDecision & { tookMs: number })[] = [];
    const end = new AbortController();
    const streamed = (async () => {
      while (!end.signal.aborted) {
        stream.push(await timed(() => limiter.consume('api', `${key}-stream`)));
        await sleep(20);
      }
    })();

    await takeAway();
    try {
      // Two of five were left, and the outage does not give more.
      const during = [await timed(signIn), await timed(signIn), await timed(signIn), await timed(signIn)];
      expect(during.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
      expect(Math.max(...during.map(({ tookMs }) => tookMs))).toBeLessThan(1000);
      expect(during.at(-1)?.resetMs).toBeGreaterThan(0);

      const other = `${key}-other-address`;
      const fresh = await consumeTimes({ consume: () => limiter.consume('sign-in-address', other) }, 7);
      expect(fresh.filter(({ allowed }) => allowed)).toHaveLength(5);
      expect(await limiter.consume('paid', key)).toMatchObject({ allowed: false });
      await sleep(1500);
    } finally {
      await giveBack();
    }
    await vi.waitFor(() => expect(onOutage.mock.lastCall?.[0]).toBe(false), { timeout: 8000, interval: 50 });
    end.abort();
    await streamed;

    expect(stream.length).toBeGreaterThan(20);
    expect(Math.max(...stream.map(({ tookMs }) => tookMs))).toBeLessThan(1000);
    // At most one caller at a time waits for Redis; the others are answered from memory at once.
    expect(stream.filter(({ tookMs }) => tookMs > 100).length).toBeLessThan(5);
    expect(stream.some(({ allowed }) => allowed)).toBe(true);
    expect(onOutage.mock.calls[0]?.[0]).toBe(true);
    expect(await redis.pttl(`rate-limit:api:${key}-stream`)).toBeGreaterThan(0);
    expect(await limiter.consume('paid', key)).toMatchObject({ allowed: true });
  });
});

it('a process that boots without Redis limits from its memory, by its share of the instances', async () => {
  await server.kill();
  try {
    const alone = connectRedis({ url: server.url, profile: 'fail-fast', name: 'alone' });
    const limiter = createRateLimiter({ redis: alone, policies: defaultPolicies, instances: 2 });
    const decisions = await consumeTimes({ consume: () => limiter.consume('sign-in-address', key) }, 4);
    expect(decisions.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
    expect(decisions[0]).toMatchObject({ limit: 2 });
    await limiter.giveBack('sign-in-address', `${key}-given-back`);
    for (let use = 0; use < 4; use += 1) {
      expect(await limiter.consume('sign-in-address', `${key}-given-back`)).toMatchObject({ allowed: true });
      await limiter.giveBack('sign-in-address', `${key}-given-back`);
    }
    alone.disconnect();
  } finally {
    await server.restart();
  }
});
