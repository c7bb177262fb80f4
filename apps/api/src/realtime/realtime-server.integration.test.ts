import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { realtimePath } from '@repo/contracts/realtime';
import type { Logger } from '@repo/logging';
import { createRealtimePublisher } from '@repo/realtime/publisher';
import { closeRedis, connectRedis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../platform/principal.js';
import { createRealtimeServer } from './realtime-server.js';

const origin = 'https://app.example.test';
const silence = (): void => {};
const logger = { debug: silence, info: silence, warn: silence, error: silence } as unknown as Logger;

/** cookie → caller; what the session table is in the running product. */
const sessions = new Map<string, Caller>();
const signIn = (cookie: string, organizationId: string): string => {
  sessions.set(cookie, {
    kind: 'user',
    userId: `user-${cookie}`,
    sessionId: cookie,
    organization: { id: organizationId, key: 1, role: 'member' },
  });
  return cookie;
};

let redis: TestRedis;
const closing: (() => Promise<void> | void)[] = [];

interface Instance {
  url: string;
  http: HttpServer;
  close(): void;
}

async function startInstance(): Promise<Instance> {
  const http = createServer((_request, response) => response.end('ok'));
  const publisher = connectRedis({ url: redis.url, profile: 'fail-fast', name: 'test-publisher' });
  const subscriber = connectRedis({ url: redis.url, profile: 'blocking', name: 'test-subscriber' });
  const server = createRealtimeServer({
    httpServer: http,
    authenticate: async ({ headers }) => sessions.get(headers.cookie ?? '') ?? null,
    admitHandshake: async ({ headers }) => headers.cookie !== 'over-the-limit',
    origin,
    publisher,
    subscriber,
    logger,
    recheckMs: 50,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.close();
    http.close();
    await Promise.all([closeRedis(publisher), closeRedis(subscriber)]);
  });
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, http, close: () => server.close() };
}

interface Listener {
  socket: Socket;
  received: unknown[];
}

async function listen(instance: Instance, cookie: string, from: string = origin): Promise<Listener> {
  const socket = io(instance.url, {
    path: realtimePath,
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie, ...(from && { origin: from }) },
  });
  closing.push(() => void socket.close());
  const received: unknown[] = [];
  socket.on('document.deleted', (payload) => received.push(payload));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return { socket, received };
}

async function publish(organizationId: string, documentId: string): Promise<void> {
  const connection = connectRedis({ url: redis.url, profile: 'fail-fast', name: 'test-worker' });
  await vi.waitFor(() => expect(connection.status).toBe('ready'));
  createRealtimePublisher({ redis: connection }).publish(organizationId, 'document.deleted', { documentId });
  await closeRedis(connection);
}

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  sessions.clear();
});
afterAll(() => redis.stop());

describe('live events', () => {
  it('reach the members of the organization at every instance, and nobody of another', async () => {
    const [a, b] = [await startInstance(), await startInstance()];
    const mine = [await listen(a, signIn('ada', 'org-1')), await listen(b, signIn('ben', 'org-1'))];
    const stranger = await listen(a, signIn('eve', 'org-2'));
    await publish('org-1', 'document-1');
    await vi.waitFor(() =>
      expect(mine.map(({ received }) => received)).toEqual([[{ documentId: 'document-1' }], [{ documentId: 'document-1' }]]),
    );
    // The control: the stranger's socket does work, so its silence above means something.
    await publish('org-2', 'document-2');
    await vi.waitFor(() => expect(stranger.received).toEqual([{ documentId: 'document-2' }]));
    expect(mine.map(({ received }) => received.length)).toEqual([1, 1]);
  });

  it('are refused without a session, with the code in the error', async () => {
    const instance = await startInstance();
    await expect(listen(instance, 'nobody')).rejects.toMatchObject({ data: { code: 'auth.unauthenticated' } });
  });

  it.each(['https://evil.example', ''])('are refused to a page of origin "%s"', async (from) => {
    const instance = await startInstance();
    await expect(listen(instance, signIn('ada', 'org-1'), from)).rejects.toThrow('websocket error');
  });

  it('are refused to an address over its limit, whatever its session', async () => {
    const instance = await startInstance();
    await expect(listen(instance, signIn('over-the-limit', 'org-1'))).rejects.toThrow('websocket error');
  });

  it('end when the session is revoked', async () => {
    const instance = await startInstance();
    const { socket, received } = await listen(instance, signIn('ada', 'org-1'));
    sessions.delete('ada');
    await vi.waitFor(() => expect(socket.connected).toBe(false));
    await publish('org-1', 'document-1');
    await sleep(50);
    expect(received).toEqual([]);
  });

  it('follow the session into another organization and no longer come from the old one', async () => {
    const instance = await startInstance();
    const { received } = await listen(instance, signIn('ada', 'org-1'));
    signIn('ada', 'org-2');
    await sleep(200);
    await publish('org-1', 'old');
    await publish('org-2', 'new');
    await vi.waitFor(() => expect(received).toEqual([{ documentId: 'new' }]));
  });

  it('come again by themselves after Redis was away', async () => {
    const instance = await startInstance();
    const { received } = await listen(instance, signIn('ada', 'org-1'));
    await redis.restart();
    await vi.waitFor(
      async () => {
        await publish('org-1', 'after');
        expect(received.length).toBeGreaterThan(0);
      },
      { timeout: 10_000, interval: 200 },
    );
  });

  it('do not keep the HTTP server from closing', async () => {
    const instance = await startInstance();
    const { socket } = await listen(instance, signIn('ada', 'org-1'));
    let closed = false;
    instance.http.close(() => (closed = true));
    await sleep(200);
    expect(closed, 'the control: an open socket does keep it').toBe(false);
    instance.close();
    await vi.waitFor(() => expect(closed).toBe(true), { timeout: 3_000 });
    await vi.waitFor(() => expect(socket.connected).toBe(false));
  });

  it('end at a shutdown in such a way that the client comes back by itself, to whoever serves then', async () => {
    const instance = await startInstance();
    const { socket } = await listen(instance, signIn('ada', 'org-1'));
    const reason = new Promise((resolve) => socket.once('disconnect', resolve));
    instance.close();
    // After 'io server disconnect' a client of Socket.IO stays away until somebody tells it to connect.
    expect(await reason).toBe('transport close');
  });

  it('are limited to 20 sockets of one session', async () => {
    const instance = await startInstance();
    signIn('ada', 'org-1');
    await Promise.all(Array.from({ length: 20 }, () => listen(instance, 'ada')));
    await expect(listen(instance, 'ada')).rejects.toMatchObject({ data: { code: 'request.rate_limited' } });
  });
});
