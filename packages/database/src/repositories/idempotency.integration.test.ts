import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../fixtures/open-test-database.js';
import { completeIdempotencyKey, pruneIdempotencyKeys, releaseIdempotencyKey, reserveIdempotencyKey } from './idempotency.js';

let db: TestDatabase;
let name: { scope: string; key: string };
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => {
  name = { scope: newId(), key: 'k' };
});

const reserve = (options: { fingerprint?: string; lockMs?: number; keepMs?: number } = {}) =>
  reserveIdempotencyKey(db.database.pool, { ...name, fingerprint: 'f', lockMs: 60_000, keepMs: 86_400_000, ...options });

async function hold(options: Parameters<typeof reserve>[0] = {}) {
  const reservation = await reserve(options);
  if (reservation.outcome !== 'reserved') throw new Error(`not reserved: ${reservation.outcome}`);
  return { ...name, lockedUntil: reservation.lockedUntil };
}

const answer = { responseStatus: 201, responseBody: { id: 1, text: 'ü' } };

describe('an idempotency key', () => {
  it('lets one of many equal requests through; the others hear that it runs, then get its answer', async () => {
    const outcomes = (await Promise.all([1, 2, 3, 4, 5, 6].map(() => reserve()))).map(({ outcome }) => outcome);
    expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(['reserved', ...Array<string>(5).fill('running')]);
  });

  it('gives the kept answer again', async () => {
    expect(await completeIdempotencyKey(db.database.pool, { ...(await hold()), ...answer })).toBe(true);
    expect(await reserve()).toEqual({ outcome: 'replay', ...answer });
  });

  it('keeps an answer without a body', async () => {
    await completeIdempotencyKey(db.database.pool, { ...(await hold()), responseStatus: 204, responseBody: null });
    expect(await reserve()).toEqual({ outcome: 'replay', responseStatus: 204, responseBody: null });
  });

  it('is free again when its answer has expired, and never keeps one longer than asked', async () => {
    await completeIdempotencyKey(db.database.pool, { ...(await hold()), ...answer, expiresAt: new Date(Date.now() - 1000) });
    const heir = await hold({ fingerprint: 'other', keepMs: 60_000 });
    await completeIdempotencyKey(db.database.pool, { ...heir, ...answer, expiresAt: new Date(Date.now() + 86_400_000) });
    const stored = await db.database.prisma.idempotencyKey.findFirstOrThrow({ where: name });
    expect(stored.expiresAt.getTime()).toBeLessThan(Date.now() + 61_000);
  });

  it('is refused for another request, running or done', async () => {
    const held = await hold();
    expect(await reserve({ fingerprint: 'other' })).toEqual({ outcome: 'mismatch' });
    await completeIdempotencyKey(db.database.pool, { ...held, ...answer });
    expect(await reserve({ fingerprint: 'other' })).toEqual({ outcome: 'mismatch' });
  });

  it('of another scope is another key', async () => {
    await hold();
    name = { ...name, scope: newId() };
    expect(await reserve()).toMatchObject({ outcome: 'reserved' });
  });

  it('is free at once after a release', async () => {
    expect(await releaseIdempotencyKey(db.database.pool, await hold())).toBe(true);
    expect(await reserve({ fingerprint: 'other' })).toMatchObject({ outcome: 'reserved' });
  });

  it('can be taken over when its holder died, who then can neither complete nor release it', async () => {
    const dead = await hold({ lockMs: -1 });
    const heir = await hold();
    expect(await completeIdempotencyKey(db.database.pool, { ...dead, responseStatus: 500, responseBody: {} })).toBe(false);
    expect(await releaseIdempotencyKey(db.database.pool, dead)).toBe(false);
    expect(await completeIdempotencyKey(db.database.pool, { ...heir, ...answer })).toBe(true);
  });

  it('is forgotten when it has expired', async () => {
    await completeIdempotencyKey(db.database.pool, { ...(await hold({ keepMs: 0 })), ...answer });
    const other = name;
    name = { ...name, key: 'kept' };
    await hold();
    expect(await pruneIdempotencyKeys(db.database.pool, { limit: 100 })).toBe(1);
    expect(await reserve()).toEqual({ outcome: 'running' });
    name = other;
    expect(await reserve({ fingerprint: 'other' })).toMatchObject({ outcome: 'reserved' });
  });
});
