import { realtimePath } from '@repo/contracts/realtime';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { createTestClient } from '../testing/test-client.js';
import { announceFile, makeReady, sendBytes, someBytes, writeText } from '../testing/test-documents.js';
import { createKeyClient, join, type Person } from '../testing/test-people.js';

/** Two instances of the API on one database and one Redis, as behind a proxy. */
let first: TestApp;
let second: TestApp;
let ada: Person;
let ben: Person;
let eve: Person;

beforeAll(async () => {
  first = await createTestApp();
  const { DATABASE_URL, REDIS_CACHE_URL, REDIS_QUEUE_URL, AUTH_SECRET, APP_URL } = first.dependencies.env;
  second = await createTestApp({ env: { DATABASE_URL, REDIS_CACHE_URL, REDIS_QUEUE_URL, AUTH_SECRET, APP_URL } });
  ada = await first.person({ name: 'Ada' });
  ben = await first.person({ name: 'Ben', organization: null });
  await join(ada, ben, 'member');
  eve = await first.person({ name: 'Eve', organization: 'Other' });
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

interface Listener {
  socket: Socket;
  events: [name: string, payload: unknown][];
}

function connect(url: string, headers: Record<string, string>): Promise<Listener> {
  const socket = io(url, { path: realtimePath, transports: ['websocket'], reconnection: false, extraHeaders: headers });
  const events: Listener['events'] = [];
  socket.onAny((name: string, payload: unknown) => events.push([name, payload]));
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve({ socket, events }));
    socket.on('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
}

const listenAs = ({ client }: Person, url: string) => connect(url, { cookie: client.cookie(), origin: first.url });

/** Where an instance really listens; `url` of a test app is what it believes to be its public address. */
const addressOf = (app: TestApp) => `http://127.0.0.1:${app.dependencies.env.API_PORT}`;

describe('live events of the API', () => {
  it('tell the members at every instance what happens to a document, and nobody else', async () => {
    const listeners = { ada: await listenAs(ada, addressOf(first)), ben: await listenAs(ben, addressOf(second)) };
    const strangers = [await listenAs(eve, addressOf(first)), await listenAs(eve, addressOf(second))];
    const bytes = someBytes();
    const { document, upload } = await announceFile(ada.client, { bytes, title: 'Plan' });
    const path = `/api/v1/documents/${document.id}`;
    await sendBytes(upload, bytes);
    await ada.client(`${path}/complete`, { method: 'POST' });
    await ada.client(`${path}/complete`, { method: 'POST' });
    await ada.client(path, { method: 'PATCH', json: { title: 'New plan' } });
    await makeReady(first, { id: document.id, organizationId: ada.organizationId! }, [{ body: 'Text.' }]);
    await ada.client(`${path}/reprocess`, { method: 'POST' });
    await ada.client(path, { method: 'DELETE' });

    const expected = [
      ['document.changed', 'uploading', 'Plan'],
      ['document.changed', 'processing', 'Plan'],
      ['document.changed', 'processing', 'New plan'],
      ['document.changed', 'processing', 'New plan'],
      ['document.deleted', document.id, undefined],
    ];
    const summary = ({ events }: Listener) =>
      events.map(([name, payload]) => {
        const { document: changed, documentId } = payload as { document?: { status: string; title: string }; documentId?: string };
        return [name, changed?.status ?? documentId, changed?.title];
      });
    await vi.waitFor(() => expect(summary(listeners.ada)).toEqual(expected), { timeout: 5_000 });
    await vi.waitFor(() => expect(summary(listeners.ben)).toEqual(expected), { timeout: 5_000 });

    // The control: the strangers do hear of their own organization, after everything above.
    const own = await writeText(eve.client);
    for (const stranger of strangers) {
      await vi.waitFor(() => expect(summary(stranger)).toEqual([['document.changed', 'processing', 'Written']]), { timeout: 5_000 });
      expect(JSON.stringify(stranger.events)).toContain(own.id);
    }
    for (const { socket } of [...Object.values(listeners), ...strangers]) socket.close();
  });

  it('are refused without a session, to an API key and without an organization', async () => {
    const refusalOf = (headers: Record<string, string>) =>
      connect(addressOf(first), { origin: first.url, ...headers }).then(
        () => 'connected',
        (error: Error & { data?: { code: string } }) => error.data?.code,
      );
    expect(await refusalOf({})).toBe('auth.unauthenticated');
    expect(await refusalOf({ cookie: 'plinth.session_token=made-up' })).toBe('auth.unauthenticated');
    const { key } = await createKeyClient(first, ada);
    expect(await refusalOf({ 'x-api-key': key })).toBe('auth.api_key_not_accepted');
    const stray = await first.person({ organization: null });
    expect(await refusalOf({ cookie: stray.client.cookie() })).toBe('auth.no_organization');
  });

  it('are refused to a page of another origin, although its browser sends the cookie', async () => {
    await expect(connect(addressOf(first), { cookie: ada.client.cookie(), origin: 'https://evil.example' })).rejects.toThrow(
      'websocket error',
    );
  });

  it('are lost, and nothing else, while Redis is away', async () => {
    await first.redis.kill();
    const answer = await createTestClient({ url: addressOf(second), origin: first.url })('/health/live');
    expect(answer.status).toBe(200);
    expect((await writeText(ada.client)).status).toBe('processing');
    await first.redis.restart();
    const { socket, events } = await listenAs(ada, addressOf(second));
    await vi.waitFor(
      async () => {
        await writeText(ada.client, 'again');
        expect(events.length).toBeGreaterThan(0);
      },
      { timeout: 15_000, interval: 500 },
    );
    socket.close();
  }, 30_000);

  it('do not keep an instance from stopping, and end with it', async () => {
    const app = await createTestApp();
    const person = await app.person();
    const { socket } = await connect(addressOf(app), { cookie: person.client.cookie(), origin: app.url });
    const begun = performance.now();
    await app.stop();
    expect(performance.now() - begun).toBeLessThan(8_000);
    await vi.waitFor(() => expect(socket.connected).toBe(false));
  }, 30_000);
});
