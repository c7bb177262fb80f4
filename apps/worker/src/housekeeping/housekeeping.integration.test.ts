import { randomUUID } from 'node:crypto';
import { addToOutbox, hadEffect, markEffect, markSent, settleOutbox } from '@repo/database/outbox';
import { createUploadedDocument } from '@repo/database/repositories/documents';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentCleanupProcessor } from '../documents/document-cleanup.processor.js';
import { deliveryOf, openIngestion, type OpenedIngestion } from '../fixtures/open-ingestion.js';
import { housekeepingProcessor } from './housekeeping.processor.js';

const hourMs = 3_600_000;
let opened: OpenedIngestion;
/** What members were told: organization, event name, document. */
const told: [string, string, string | undefined][] = [];

beforeAll(async () => {
  opened = await openIngestion();
});
afterAll(() => opened.close());

async function keepHouse(): Promise<void> {
  const { database, dependencies } = opened;
  const realtime: typeof dependencies.realtime = {
    publish: (organizationId, name, payload) =>
      void told.push([organizationId, name, 'documentId' in payload ? payload.documentId : undefined]),
  };
  await housekeepingProcessor({ database, realtime, logger: dependencies.logger }).handler({}, deliveryOf());
}

/** A document whose upload began so long ago, with what arrived of its file. */
async function beginUpload({
  hoursAgo,
  organizationId = opened.organizationId,
  arrived = '',
}: {
  hoursAgo: number;
  organizationId?: string;
  arrived?: string;
}) {
  const id = randomUUID();
  const storageKey = `organizations/${organizationId}/documents/${id}/1`;
  const file = { contentType: 'text/plain', sizeBytes: arrived.length };
  if (arrived) await opened.storage.put(storageKey, Buffer.from(arrived), file);
  await createUploadedDocument(opened.database.prisma, {
    id,
    organizationId,
    title: 'T',
    filename: 'f',
    storageKey,
    createdById: null,
    ...file,
  });
  await opened.database.prisma.document.update({ where: { id }, data: { createdAt: new Date(Date.now() - hoursAgo * hourMs) } });
  return { id, storageKey };
}

const cleanups = () => opened.database.prisma.outboxEvent.findMany({ where: { queue: 'document-cleanup' } });

it('removes an upload that did not end within a day, with what arrived of it, and no younger one', async () => {
  const old = await beginUpload({ hoursAgo: 25, arrived: 'half a fi' });
  const young = await beginUpload({ hoursAgo: 23, arrived: 'still on its way' });
  await keepHouse();
  const left = await opened.database.prisma.document.findMany({ select: { id: true } });
  expect(left).toEqual([{ id: young.id }]);
  expect(told).toEqual([[opened.organizationId, 'document.deleted', old.id]]);
  const [order, ...others] = await cleanups();
  expect(others).toEqual([]);
  await documentCleanupProcessor({ storage: opened.storage }).handler(order!.payload, deliveryOf());
  expect(await opened.storage.stat(old.storageKey)).toBeNull();
  expect(await opened.storage.stat(young.storageKey)).not.toBeNull();
});

it('removes more uploads than one transaction takes, each in the name of its own organization', async () => {
  await opened.database.pool.query('TRUNCATE document, outbox_event CASCADE');
  const { id: another } = await opened.database.prisma.organization.create({
    data: { id: randomUUID(), name: 'Another', slug: randomUUID(), createdAt: new Date() },
  });
  const owners = new Map<string, string>();
  for (let index = 0; index < 230; index += 1) {
    const organizationId = index % 2 === 0 ? another : opened.organizationId;
    owners.set((await beginUpload({ hoursAgo: 30, organizationId })).storageKey, organizationId);
  }
  await keepHouse();
  expect(await opened.database.prisma.document.count()).toBe(0);
  const orders = await cleanups();
  expect(new Map(orders.map(({ payload, organizationId }) => [(payload as { storageKey: string }).storageKey, organizationId]))).toEqual(
    owners,
  );
  expect(orders).toHaveLength(230);
});

it('forgets the words of a mail a day after it is settled, keeps its mark, and every other event for longer', async () => {
  const { database } = opened;
  await database.pool.query('TRUNCATE outbox_event, consumed_event');
  const add = (queue: string) => database.transaction((tx) => addToOutbox(tx, { queue, payload: { url: 'https://app/verify?token=t' } }));
  const [sent, recent, waiting, other] = [await add('email'), await add('email'), await add('email'), await add('ingestion')];
  const effect = { consumer: 'email', eventId: sent };
  await markEffect(database.pool, effect);
  await markSent(database, [sent]);
  await settleOutbox(database, [sent, recent, other]);
  const settledAt = new Date(Date.now() - 25 * hourMs);
  await database.prisma.outboxEvent.updateMany({ where: { id: { in: [sent, other] } }, data: { settledAt } });
  await database.prisma.consumedEvent.updateMany({ data: { consumedAt: settledAt } });
  await keepHouse();
  const left = await database.prisma.outboxEvent.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  expect(left.map(({ id }) => id)).toEqual([recent, waiting, other]);
  expect(await hadEffect(database, effect)).toBe(true);
});
