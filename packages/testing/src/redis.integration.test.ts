import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from './redis.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis({ appendOnly: true });
});
afterAll(() => redis.stop());

/** Sends one inline command and answers the raw reply, or undefined when none came within the time. */
function command(line: string, timeoutMs = 1000): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(redis.url).port), '127.0.0.1');
    const finish = (reply?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reply);
    };
    const timer = setTimeout(finish, timeoutMs);
    socket.once('connect', () => socket.write(`${line}\r\n`));
    socket.once('data', (data) => finish(data.toString()));
    socket.once('error', () => finish());
  });
}

describe('startRedis', () => {
  it('runs with the policy asked for', async () => {
    expect(await command('CONFIG GET maxmemory-policy')).toContain('noeviction');
  });

  it('answers nothing while paused and goes on when resumed', async () => {
    redis.pause();
    expect(await command('PING', 200)).toBeUndefined();
    redis.resume();
    expect(await command('PING')).toContain('PONG');
  });

  it('is gone after kill and has the synced data after restart', async () => {
    await command('SET kept yes');
    await new Promise((resolve) => setTimeout(resolve, 1200)); // the file is synced once a second
    await redis.kill();
    expect(await command('PING', 300)).toBeUndefined();
    await redis.restart();
    expect(await command('GET kept')).toContain('yes');
  });
});

it('says what to install when there is no server program', async () => {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    await expect(startRedis()).rejects.toThrow(process.env.REDIS_SERVER ? 'did not start' : 'install redis-server');
  } finally {
    process.env.PATH = path;
  }
});
