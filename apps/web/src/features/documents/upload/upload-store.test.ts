import { describe, expect, it, vi } from 'vitest';
import type { Document, UploadTarget } from '@repo/contracts/documents';
import type { UploadTransport } from './run-upload';
import { UploadStore, type UploadVerdict } from './upload-store';

const rules = { maxBytes: 1000, types: { 'text/plain': ['.txt'] } };
const aFile = (name: string, bytes = 10) => new File([new Uint8Array(bytes)], name);
const target = (expiresInMs = 60_000): UploadTarget => ({
  method: 'PUT',
  url: 'http://localhost/upload',
  headers: {},
  expiresAt: new Date(Date.now() + expiresInMs).toISOString(),
});
const aDocument = (id: string) => ({ id, status: 'uploading', updatedAt: '2026-11-20T10:00:00.000Z' }) as Document;
const final: UploadVerdict = { message: 'It broke.', requestId: 'r1', anew: false, retryAfterMs: null };

/** A server in memory: hands out ids by Idempotency-Key, as the real one does. */
function fakeServer(overrides: Partial<UploadTransport> = {}) {
  const byKey = new Map<string, string>();
  const log: string[] = [];
  const transport: UploadTransport = {
    create: async (_, key) => {
      const id = byKey.get(key) ?? `d${byKey.size + 1}`;
      byKey.set(key, id);
      log.push(`create ${id}`);
      return { document: aDocument(id), target: target() };
    },
    sendBytes: async (_, { file, onProgress }) => onProgress(file.size),
    complete: async (documentId) => ({ ...aDocument(documentId), status: 'processing' }),
    discard: async (documentId) => void log.push(`discard ${documentId}`),
    ...overrides,
  };
  return { transport, log, documentsMade: () => byKey.size };
}

function aStore(transport: UploadTransport, judge: (thrown: unknown) => UploadVerdict = () => final) {
  let count = 0;
  return new UploadStore({ transport, judge, makeId: () => `u${(count += 1)}`, wait: async () => {} });
}

const phases = (store: UploadStore) => store.read().map(({ phase }) => phase);

describe('UploadStore', () => {
  it('refuses before anything is sent, and sends the rest', async () => {
    const { transport, documentsMade } = fakeServer();
    const store = aStore(transport);
    store.add([aFile('a.txt'), aFile('b.exe'), aFile('c.txt', 1001)], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['handed-over', 'refused', 'refused']));
    expect(documentsMade()).toBe(1);
  });

  it('never sends more than three files at the same time, and all of them in the end', async () => {
    let under = 0;
    let most = 0;
    const { transport } = fakeServer({
      sendBytes: async () => {
        most = Math.max(most, (under += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        under -= 1;
      },
    });
    const store = aStore(transport);
    store.add(
      Array.from({ length: 8 }, (_, index) => aFile(`${index}.txt`)),
      rules,
    );
    await vi.waitFor(() => expect(phases(store).every((phase) => phase === 'handed-over')).toBe(true));
    expect(most).toBe(3);
  });

  it('uses the document again when the bytes failed and the person tries once more', async () => {
    const sendBytes = vi.fn<UploadTransport['sendBytes']>().mockRejectedValueOnce(new Error('lost')).mockResolvedValue();
    const { transport, documentsMade } = fakeServer({ sendBytes });
    const store = aStore(transport);
    store.add([aFile('a.txt')], rules);
    await vi.waitFor(() => expect(store.read()[0]).toMatchObject({ phase: 'failed', failure: { message: 'It broke.', requestId: 'r1' } }));
    store.retry('u1');
    await vi.waitFor(() => expect(phases(store)).toEqual(['handed-over']));
    expect(documentsMade()).toBe(1);
  });

  it('makes no second document when only the answer to the creation was lost', async () => {
    const server = fakeServer();
    const create = vi.fn<UploadTransport['create']>(async (upload, key) => {
      const answer = await server.transport.create(upload, key);
      if (create.mock.calls.length === 1) throw new Error('answer lost');
      return answer;
    });
    const store = aStore({ ...server.transport, create });
    store.add([aFile('a.txt')], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['failed']));
    store.retry('u1');
    await vi.waitFor(() => expect(phases(store)).toEqual(['handed-over']));
    expect(server.documentsMade()).toBe(1);
  });

  it('makes a new document and discards the old one when the server says that the old one is of no use', async () => {
    const sendBytes = vi.fn<UploadTransport['sendBytes']>().mockRejectedValueOnce(new Error('expired')).mockResolvedValue();
    const { transport, log } = fakeServer({ sendBytes });
    const store = aStore(transport, () => ({ ...final, anew: true }));
    store.add([aFile('a.txt')], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['failed']));
    store.retry('u1');
    await vi.waitFor(() => expect(phases(store)).toEqual(['handed-over']));
    expect(log).toEqual(['create d1', 'discard d1', 'create d2']);
  });

  it('keeps the row when the news of its own discarded document comes in, and hides that document', async () => {
    const { transport } = fakeServer({ sendBytes: async () => Promise.reject(new Error('expired')) });
    const store = aStore(transport, () => ({ ...final, anew: true }));
    store.add([aFile('a.txt')], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['failed']));
    store.documentDeleted('d1');
    expect(phases(store)).toEqual(['failed']);
    expect([...store.discarded]).toEqual(['d1']);
  });

  it('asks for a new address when the old one has run out', async () => {
    const sendBytes = vi.fn<UploadTransport['sendBytes']>().mockRejectedValueOnce(new Error('lost')).mockResolvedValue();
    const server = fakeServer({ sendBytes });
    const create = vi.fn<UploadTransport['create']>(async (upload, key) => ({
      ...(await server.transport.create(upload, key)),
      target: target(1000),
    }));
    const store = aStore({ ...server.transport, create });
    store.add([aFile('a.txt')], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['failed']));
    store.retry('u1');
    await vi.waitFor(() => expect(phases(store)).toEqual(['handed-over']));
    expect(server.log).toEqual(['create d1', 'discard d1', 'create d2']);
  });

  it('goes on by itself when it is told to wait, and gives up after three waits', async () => {
    const create = vi.fn<UploadTransport['create']>().mockRejectedValue(new Error('429'));
    const { transport } = fakeServer({ create });
    const store = aStore(transport, () => ({ ...final, retryAfterMs: 1 }));
    store.add([aFile('a.txt')], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['failed']));
    expect(create).toHaveBeenCalledTimes(4);
  });

  it('takes a canceled document away, though the cancel came while it was being made', async () => {
    const server = fakeServer();
    const gate = new EventTarget();
    const create: UploadTransport['create'] = async (upload, key) => {
      await new Promise((resolve) => gate.addEventListener('open', resolve));
      return server.transport.create(upload, key);
    };
    const sendBytes = vi.fn<UploadTransport['sendBytes']>();
    const store = aStore({ ...server.transport, create, sendBytes });
    store.add([aFile('a.txt')], rules);
    store.cancel('u1');
    expect(store.read()).toEqual([]);
    gate.dispatchEvent(new Event('open'));
    await vi.waitFor(() => expect(server.log).toEqual(['create d1', 'discard d1']));
    expect(sendBytes).not.toHaveBeenCalled();
  });

  it('takes the document away when a failed upload is dismissed, and leaves one that arrived', async () => {
    const { transport, log } = fakeServer({
      sendBytes: async (_, { file }) => (file.size === 7 ? Promise.reject(new Error('lost')) : undefined),
    });
    const store = aStore(transport);
    store.add([aFile('a.txt', 7), aFile('b.txt')], rules);
    await vi.waitFor(() => expect(phases(store)).toEqual(['failed', 'handed-over']));
    store.cancel('u1');
    store.cancel('u2');
    await vi.waitFor(() => expect(log).toEqual(['create d1', 'create d2', 'discard d1']));
  });

  it('tells its listeners, and no longer once they left', async () => {
    const { transport } = fakeServer();
    const store = aStore(transport);
    const listener = vi.fn<() => void>();
    const leave = store.subscribe(listener);
    store.add([aFile('b.exe')], rules);
    expect(listener).toHaveBeenCalledTimes(1);
    leave();
    store.cancel('u1');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
