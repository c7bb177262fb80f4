import { freePort } from '@repo/testing/ports';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { assertQueuePolicy, closeRedis, connectRedis, pingRedis, waitForRedis, type Redis } from './index.js';

let server: TestRedis;
const open: Redis[] = [];

function connect(profile: 'fail-fast' | 'blocking', url = server.url): Redis {
  const redis = connectRedis({ url, profile, name: `test-${profile}` });
  open.push(redis);
  return redis;
}

async function elapsedMs(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  for (const redis of open) redis.disconnect();
  await server.stop();
});

describe('a connection', () => {
  it('is usable once it is waited for, and carries its name for the operator', async () => {
    const redis = connect('fail-fast');
    await waitForRedis(redis, 5000);
    await pingRedis(redis);
    expect(await redis.client('GETNAME')).toBe('test-fail-fast');
  });

  it('to nowhere opens without throwing, and waiting for it ends in time', async () => {
    const redis = connect('fail-fast', `redis://127.0.0.1:${await freePort()}`);
    const listeners = redis.listenerCount('ready');
    const took = await elapsedMs(() => expect(waitForRedis(redis, 300)).rejects.toMatchObject({ code: 'redis.unavailable' }));
    expect(took).toBeLessThan(1000);
    expect(redis.listenerCount('ready')).toBe(listeners);
  });

  it('tells of each outage once, however often it tries to end it', async () => {
    const onError = vi.fn<(error: Error) => void>();
    const refused = () => onError.mock.calls.filter(([error]) => error.message.includes('ECONNREFUSED'));
    const redis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'x', onError });
    open.push(redis);
    for (const outage of [1, 2]) {
      await waitForRedis(redis, 5000);
      await server.kill();
      let attempts = 0;
      redis.on('reconnecting', () => void (attempts += 1));
      await vi.waitFor(() => expect(attempts).toBeGreaterThanOrEqual(4), 10_000);
      expect(refused()).toHaveLength(outage);
      await server.restart();
    }
  });
});

describe('fail-fast', () => {
  it('a command fails at once while the server is away, and works again when it is back', async () => {
    const redis = connect('fail-fast');
    await waitForRedis(redis, 5000);
    await server.kill();
    await vi.waitFor(() => expect(redis.status).not.toBe('ready'), 3000);
    expect(await elapsedMs(() => expect(redis.get('x')).rejects.toThrow(/writeable|closed/))).toBeLessThan(100);
    await server.restart();
    await waitForRedis(redis, 10_000);
    await redis.set('x', '1');
    expect(await redis.get('x')).toBe('1');
  });

  it('a command that was under way when the server died is settled within its time limit', async () => {
    const redis = connect('fail-fast');
    await waitForRedis(redis, 5000);
    server.pause();
    const underWay = redis.get('x').then(
      () => 'settled',
      () => 'settled',
    );
    await server.kill();
    expect(await elapsedMs(() => underWay)).toBeLessThan(2500);
    await server.restart();
    await waitForRedis(redis, 10_000);
  });

  it('a command against a frozen server fails after its time limit', async () => {
    const redis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'frozen', commandTimeoutMs: 300 });
    open.push(redis);
    await waitForRedis(redis, 5000);
    server.pause();
    try {
      const took = await elapsedMs(() => expect(redis.get('x')).rejects.toThrow(/timed out/i));
      expect(took).toBeGreaterThan(250);
      expect(took).toBeLessThan(1000);
      expect(await elapsedMs(() => expect(pingRedis(redis, 100)).rejects.toMatchObject({ code: 'redis.unavailable' }))).toBeLessThan(250);
    } finally {
      server.resume();
    }
  });
});

describe('blocking', () => {
  it('a command that was given while the server was away runs when it is back', async () => {
    const redis = connect('blocking');
    await waitForRedis(redis, 5000);
    await server.kill();
    await vi.waitFor(() => expect(redis.status).not.toBe('ready'), 3000);
    const waiting = redis.set('later', '1');
    await server.restart();
    expect(await waiting).toBe('OK');
  });

  it('a ping still ends in time while the server is away', async () => {
    const redis = connect('blocking', `redis://127.0.0.1:${await freePort()}`);
    expect(await elapsedMs(() => expect(pingRedis(redis, 200)).rejects.toMatchObject({ code: 'redis.unavailable' }))).toBeLessThan(500);
  });
});

describe('closing', () => {
  it('lets a running command finish', async () => {
    const redis = connect('fail-fast');
    await waitForRedis(redis, 5000);
    const writing = redis.set('last', '1');
    await closeRedis(redis);
    expect(await writing).toBe('OK');
    expect(redis.status).toBe('end');
  });

  it('does not reconnect afterwards', async () => {
    const redis = connect('fail-fast');
    await waitForRedis(redis, 5000);
    const onConnect = vi.fn<() => void>();
    redis.on('connecting', onConnect);
    await closeRedis(redis);
    await setTimeout(300);
    expect(onConnect).not.toHaveBeenCalled();
  });

  it('ends in time against a frozen server, and against one that is away, and twice', async () => {
    const frozen = connect('blocking');
    await waitForRedis(frozen, 5000);
    const away = connect('blocking', `redis://127.0.0.1:${await freePort()}`);
    server.pause();
    try {
      expect(await elapsedMs(() => closeRedis(frozen, 300))).toBeLessThan(800);
    } finally {
      server.resume();
    }
    expect(await elapsedMs(() => closeRedis(away, 300))).toBeLessThan(800);
    expect(await elapsedMs(() => closeRedis(away))).toBeLessThan(100);
    expect(frozen.status).toBe('end');
  });
});

describe('assertQueuePolicy', () => {
  it('accepts noeviction', async () => {
    const redis = connect('fail-fast');
    await waitForRedis(redis, 5000);
    await expect(assertQueuePolicy(redis)).resolves.toBeUndefined();
  });

  it('refuses a Redis that drops jobs to make room, and names its policy', async () => {
    const cache = await startRedis({ policy: 'allkeys-lru' });
    try {
      const redis = connect('fail-fast', cache.url);
      await waitForRedis(redis, 5000);
      await expect(assertQueuePolicy(redis)).rejects.toMatchObject({
        code: 'service.misconfigured',
        detail: expect.stringContaining('allkeys-lru'),
      });
    } finally {
      await cache.stop();
    }
  });

  it('does not take an absent server for a good one', async () => {
    const redis = connect('fail-fast', `redis://127.0.0.1:${await freePort()}`);
    await expect(assertQueuePolicy(redis)).rejects.toMatchObject({ code: 'redis.unavailable' });
  });
});
