import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './fixtures/open-test-database.js';
import {
  addToOutbox,
  claimOutbox,
  findStale,
  listenToOutbox,
  markEffect,
  markResent,
  markSent,
  type NewOutboxEvent,
  pruneEffects,
  pruneOutbox,
  readOutboxBacklog,
  releaseOutbox,
  settleOutbox,
} from './outbox.js';
import { recordFailedJob } from './repositories/failed-jobs.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.database.pool.query('TRUNCATE outbox_event, consumed_event, failed_job'));

const add = (event: Partial<NewOutboxEvent> = {}) =>
  db.database.transaction((tx) => addToOutbox(tx, { queue: 'email', payload: { to: 'a' }, ...event }));
const consume = (eventId: string, consumer = 'mail') => db.database.transaction((tx) => markEffect(tx, { consumer, eventId }));
const idsOf = (events: { id: string }[]) => events.map(({ id }) => id);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('an event', () => {
  it('exists if and only if its transaction commits', async () => {
    const undone = db.database.transaction(async (tx) => {
      await addToOutbox(tx, { queue: 'email', payload: {} });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await claimOutbox(db.database, { limit: 10 })).toEqual([]);
    const id = await add({ organizationId: 'org', requestId: 'request', payload: { list: [1, 'ü', null] } });
    expect(await claimOutbox(db.database, { limit: 10 })).toEqual([
      {
        id,
        queue: 'email',
        payload: { list: [1, 'ü', null] },
        organizationId: 'org',
        requestId: 'request',
        attempts: 1,
        createdAt: expect.any(Date),
      },
    ]);
  });

  it('waits until it is available', async () => {
    await add({ availableAt: new Date(Date.now() + 60_000) });
    const now = await add();
    expect(idsOf(await claimOutbox(db.database, { limit: 10 }))).toEqual([now]);
    expect(await readOutboxBacklog(db.database)).toMatchObject({ pending: 2 });
  });
});

describe('claimOutbox', () => {
  it('gives five relays at once each event once, all together every event', async () => {
    const added = new Set<string>();
    for (let index = 0; index < 200; index += 1) added.add(await add());
    const relay = async (): Promise<string[]> => {
      const mine: string[] = [];
      for (;;) {
        const claimed = await claimOutbox(db.database, { limit: 7 });
        if (claimed.length === 0) return mine;
        mine.push(...idsOf(claimed));
        await markSent(db.database, idsOf(claimed));
      }
    };
    const claimed = (await Promise.all([relay(), relay(), relay(), relay(), relay()])).flat();
    expect(claimed).toHaveLength(200);
    expect(new Set(claimed)).toEqual(added);
  });

  it('gives the oldest first', async () => {
    const ids = [await add(), await add(), await add()];
    expect(idsOf(await claimOutbox(db.database, { limit: 2 }))).toEqual(ids.slice(0, 2));
  });

  it('gives an event again when its relay died, after the lease and not before', async () => {
    const id = await add();
    await claimOutbox(db.database, { limit: 1, leaseMs: 150 });
    expect(await claimOutbox(db.database, { limit: 1 })).toEqual([]);
    await wait(200);
    expect(await claimOutbox(db.database, { limit: 1 })).toMatchObject([{ id, attempts: 2 }]);
  });

  it('gives a released event again at once', async () => {
    const id = await add();
    await claimOutbox(db.database, { limit: 1 });
    await releaseOutbox(db.database, [id]);
    // A virtual machine's clock may step back by a moment, and "now" with it.
    await expect.poll(async () => idsOf(await claimOutbox(db.database, { limit: 1 })), { timeout: 2_000 }).toEqual([id]);
  });

  it('never gives an event that was sent', async () => {
    const id = await add();
    await claimOutbox(db.database, { limit: 1, leaseMs: 0 });
    await markSent(db.database, [id]);
    await releaseOutbox(db.database, [id]);
    expect(await claimOutbox(db.database, { limit: 1 })).toEqual([]);
  });
});

describe('markEffect', () => {
  it('lets one of many equal deliveries have the effect', async () => {
    const id = await add();
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => consume(id)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await consume(id, 'another consumer')).toBe(true);
  });

  it('is undone with the effect', async () => {
    const id = await add();
    const failing = db.database.transaction(async (tx) => {
      await markEffect(tx, { consumer: 'mail', eventId: id });
      throw new Error('the effect failed');
    });
    await expect(failing).rejects.toThrow('the effect failed');
    expect(await consume(id)).toBe(true);
  });
});

describe('findStale', () => {
  const stale = async (olderThanMs = 0) => idsOf(await findStale(db.database, { olderThanMs }));

  it('finds what was sent long enough ago and had no effect, and only that', async () => {
    const [lost, consumed, failed, settled, unsent] = [await add(), await add(), await add(), await add(), await add()];
    await markSent(db.database, [lost, consumed, failed, settled]);
    await consume(consumed);
    const job = { queue: 'email', organizationId: null, payload: {}, code: 'service.bug', detail: 'x', attempts: 1, requestId: null };
    await recordFailedJob(db.database.prisma, { id: failed, ...job });
    await settleOutbox(db.database, [settled]);
    await wait(5);
    expect(await stale()).toEqual([lost]);
    expect(await stale(60_000)).toEqual([]);
    await markResent(db.database, [lost]);
    expect(await stale(1_000)).toEqual([]);
    expect(idsOf(await claimOutbox(db.database, { limit: 10 }))).toEqual([unsent]);
  });
});

describe('pruneOutbox', () => {
  it('removes what is settled and old, keeps what is waiting or lost', async () => {
    const [done, lost, waiting] = [await add(), await add(), await add()];
    await markSent(db.database, [done, lost]);
    await consume(done);
    expect(await pruneOutbox(db.database, { olderThanMs: 60_000 })).toBe(0);
    await wait(5);
    expect(await pruneOutbox(db.database, { olderThanMs: 0 })).toBe(1);
    const left = await db.database.prisma.outboxEvent.findMany({ orderBy: { id: 'asc' } });
    expect(idsOf(left)).toEqual([lost, waiting]);
  });

  it('of one queue removes nothing of another', async () => {
    const [mail, ingestion, waiting] = [await add(), await add({ queue: 'ingestion' }), await add()];
    await settleOutbox(db.database, [mail, ingestion]);
    await wait(5);
    expect(await pruneOutbox(db.database, { queue: 'email', olderThanMs: 60_000 })).toBe(0);
    expect(await pruneOutbox(db.database, { queue: 'email', olderThanMs: 0 })).toBe(1);
    const left = await db.database.prisma.outboxEvent.findMany({ orderBy: { id: 'asc' } });
    expect(idsOf(left)).toEqual([ingestion, waiting]);
  });
});

describe('pruneEffects', () => {
  it('keeps the mark of an effect as long as its event is there, and as long as it could come again', async () => {
    const id = await add();
    await consume(id); // before the relay marked it as sent
    await wait(5);
    expect(await pruneEffects(db.database, { olderThanMs: 0 })).toBe(0);
    await markSent(db.database, [id]);
    await pruneOutbox(db.database, { olderThanMs: 60_000 });
    await wait(5);
    expect(await pruneOutbox(db.database, { olderThanMs: 0 })).toBe(1);
    expect(await db.database.prisma.outboxEvent.count()).toBe(0);
    expect(await pruneEffects(db.database, { olderThanMs: 60_000 })).toBe(0);
    expect(await consume(id)).toBe(false);
    expect(await pruneEffects(db.database, { olderThanMs: 0 })).toBe(1);
    expect(await db.database.prisma.consumedEvent.count()).toBe(0);
  });
});

describe('readOutboxBacklog', () => {
  it('tells how many wait and how long the oldest has', async () => {
    expect(await readOutboxBacklog(db.database)).toEqual({ pending: 0, oldestSeconds: 0 });
    await add();
    await wait(50);
    const { pending, oldestSeconds } = await readOutboxBacklog(db.database);
    expect(pending).toBe(1);
    expect(oldestSeconds).toBeGreaterThan(0.04);
  });
});

describe('listenToOutbox', () => {
  it('hears of a committed event at once, of an undone one never, and again after its connection broke', async () => {
    let heard = 0;
    const listener = listenToOutbox(db.database, () => void (heard += 1));
    await expect.poll(async () => (await add(), heard)).toBeGreaterThan(0);
    await wait(50);
    heard = 0;
    const undone = db.database.transaction(async (tx) => {
      await addToOutbox(tx, { queue: 'email', payload: {} });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await wait(50);
    expect(heard).toBe(0);
    await db.database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
    await expect.poll(async () => (await add(), heard), { interval: 200 }).toBeGreaterThan(0);
    await listener.close();
    heard = 0;
    await add();
    await wait(50);
    expect(heard).toBe(0);
  });
});

it('claiming reads the small index of waiting events, whatever the table has grown to', async () => {
  await db.database.pool.query(`
    INSERT INTO outbox_event (id, queue, payload, sent_at, settled_at)
    SELECT gen_random_uuid(), 'q', '{}', now(), now() FROM generate_series(1, 5000)`);
  await db.database.pool.query('ANALYZE outbox_event');
  const { rows } = await db.database.pool.query<{ 'QUERY PLAN': string }>(`
    EXPLAIN SELECT id FROM outbox_event WHERE sent_at IS NULL AND settled_at IS NULL AND available_at <= now()
    ORDER BY available_at, id LIMIT 10 FOR UPDATE SKIP LOCKED`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('outbox_event_waiting_idx');
});
