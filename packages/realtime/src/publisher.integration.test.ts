import { organizationRoom, realtimePath, type RealtimeEvents } from '@repo/contracts/realtime';
import { closeRedis, connectRedis, waitForRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { createAdapter } from '@socket.io/redis-adapter';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRealtimePublisher, type RealtimePublisher } from './publisher.js';

/** An API instance as far as realtime goes: a socket joins the organization that its handshake names. */
interface Instance {
  http: HttpServer;
  server: Server;
  connections: Redis[];
  url: string;
}

let redisServer: TestRedis;
let instances: Instance[];
let publisherRedis: Redis;
let publisher: RealtimePublisher;
const sockets: Socket[] = [];

async function startInstance(): Promise<Instance> {
  const connections = ['publish', 'subscribe'].map((name) => connectRedis({ url: redisServer.url, profile: 'blocking', name }));
  await Promise.all(connections.map((connection) => waitForRedis(connection, 5000)));
  const http = createServer();
  const server = new Server(http, { path: realtimePath, adapter: createAdapter(connections[0], connections[1]) });
  server.on('connection', (socket) => void socket.join(organizationRoom(String(socket.handshake.auth['organizationId']))));
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  return { http, server, connections, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

/** What one member sees. */
async function connectMember(instance: Instance, organizationId: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  const socket = io(instance.url, { path: realtimePath, transports: ['websocket'], auth: { organizationId } });
  sockets.push(socket);
  socket.onAny((name: string, payload: unknown) => seen.push([name, payload]));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  await vi.waitFor(
    () => expect(instance.server.sockets.sockets.get(socket.id ?? '')?.rooms).toContain(organizationRoom(organizationId)),
    2000,
  );
  return seen;
}

beforeAll(async () => {
  redisServer = await startRedis({ policy: 'allkeys-lru' });
  instances = await Promise.all([startInstance(), startInstance()]);
  publisherRedis = connectRedis({ url: redisServer.url, profile: 'fail-fast', name: 'worker' });
  await waitForRedis(publisherRedis, 5000);
  publisher = createRealtimePublisher({ redis: publisherRedis });
});

afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  for (const { server, connections } of instances) {
    await server.close();
    await Promise.all(connections.map((connection) => closeRedis(connection)));
  }
  await closeRedis(publisherRedis);
  await redisServer.stop();
});

const deleted: RealtimeEvents['document.deleted'] = { documentId: '0192f3c4-1111-7111-8111-111111111111' };

describe('an event from another process', () => {
  it('reaches every member of the organization, whichever API instance holds the socket, and nobody else', async () => {
    const [first, second, stranger] = await Promise.all([
      connectMember(instances[0]!, 'o1'),
      connectMember(instances[1]!, 'o1'),
      connectMember(instances[0]!, 'o2'),
    ]);
    publisher.publish('o1', 'document.deleted', deleted);
    // What the stranger's own organization is sent afterwards shows that the first event had its time to arrive.
    publisher.publish('o2', 'document.deleted', { documentId: 'own' });
    await vi.waitFor(() => {
      expect(first).toEqual([['document.deleted', deleted]]);
      expect(second).toEqual([['document.deleted', deleted]]);
      expect(stranger).toEqual([['document.deleted', { documentId: 'own' }]]);
    }, 3000);
  });

  it('keeps the order in which it was published', async () => {
    const seen = await connectMember(instances[1]!, 'o3');
    const ids = Array.from({ length: 50 }, (_, index) => `document-${index}`);
    for (const documentId of ids) publisher.publish('o3', 'document.deleted', { documentId });
    await vi.waitFor(() => expect(seen).toHaveLength(50), 3000);
    expect(seen).toEqual(ids.map((documentId) => ['document.deleted', { documentId }]));
  });

  it('is lost quietly while Redis is away, and the next ones arrive when it is back', async () => {
    const seen = await connectMember(instances[0]!, 'o4');
    await redisServer.kill();
    await vi.waitFor(() => expect(publisherRedis.status).not.toBe('ready'), 3000);
    expect(() => publisher.publish('o4', 'document.deleted', deleted)).not.toThrow();
    await redisServer.restart();
    await vi.waitFor(
      () => {
        publisher.publish('o4', 'document.deleted', { documentId: 'after' });
        expect(seen).toContainEqual(['document.deleted', { documentId: 'after' }]);
      },
      { timeout: 10_000, interval: 200 },
    );
    expect(seen).not.toContainEqual(['document.deleted', deleted]);
  });
});
