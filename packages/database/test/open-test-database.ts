import { startPostgres } from '@repo/testing/postgres';
import { v7 as newId } from 'uuid';
import { createDatabase, type Database, type ExecutedQuery } from '../src/client.js';
import { migrate } from '../src/migrate/migrate.js';
import { createUploadedDocument, createWrittenDocument } from '../src/repositories/documents.js';

export interface TestDatabase {
  database: Database;
  url: string;
  /** Every statement so far. */
  queries: ExecutedQuery[];
  close(): Promise<void>;
}

/** A migrated database on a server of its own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const postgres = await startPostgres();
  await migrate({ url: postgres.url });
  const queries: ExecutedQuery[] = [];
  const database = createDatabase({
    url: postgres.url,
    poolMax: 10,
    applicationName: 'test',
    statementTimeoutMs: 10_000,
    onQuery: (query) => queries.push(query),
  });
  return {
    database,
    url: postgres.url,
    queries,
    close: async () => {
      await database.close();
      await postgres.stop();
    },
  };
}

export interface Tenant {
  organizationId: string;
  organizationKey: number;
  userId: string;
}

/** An organization with its owner. */
export async function createTenant({ prisma }: Database, name = 'Tenant'): Promise<Tenant> {
  const now = new Date();
  const user = await prisma.user.create({ data: { id: newId(), name: `Owner of ${name}`, email: `${newId()}@example.com` } });
  const { id, searchKey } = await prisma.organization.create({ data: { id: newId(), name, slug: newId(), createdAt: now } });
  await prisma.member.create({ data: { id: newId(), organizationId: id, userId: user.id, role: 'owner', createdAt: now } });
  return { organizationId: id, organizationKey: searchKey, userId: user.id };
}

/** A document that waits for its file. */
export function createUpload({ prisma }: Database, { organizationId, userId }: Tenant, title = 'Upload') {
  return createUploadedDocument(prisma, {
    id: newId(),
    organizationId,
    title,
    filename: 'file.pdf',
    contentType: 'application/pdf',
    sizeBytes: 10,
    storageKey: `key-${title}`,
    createdById: userId,
  });
}

/** A document in processing, version 1. */
export function createText(database: Database, { organizationId, userId }: Tenant, title = 'Text', text = 'Hello') {
  return database.transaction((tx) => createWrittenDocument(tx, { organizationId, title, text, createdById: userId }));
}
