import { fold } from '@repo/text-search';
import { v7 as newId, validate } from 'uuid';
import type { Connection, Pool, Transaction } from '../client.js';
import { decodeCursor, pageOfRows } from '../cursor.js';
import type { Prisma } from '../generated/client.js';
import { queryRows } from '../query-rows.js';
import {
  documentColumns,
  type DocumentKey,
  type DocumentRecord,
  documentSelection,
  type DocumentStatus,
  joinCreator,
} from './document-record.js';

export type { DocumentKey, DocumentRecord, DocumentSource, DocumentStage, DocumentStatus, DocumentVersion } from './document-record.js';

export interface NewUploadedDocument {
  /** UUID v7, made by the caller because the storage key names it. */
  id: string;
  organizationId: string;
  title: string;
  filename: string;
  contentType: string;
  sizeBytes: number;
  storageKey: string;
  createdById: string | null;
}

/** Enters a document that waits for its bytes: status `uploading`, version 0. */
export function createUploadedDocument(on: Connection, document: NewUploadedDocument): Promise<DocumentRecord> {
  return on.document.create({
    data: { ...document, titleFolded: fold(document.title), source: 'uploaded', status: 'uploading', version: 0 },
    select: documentSelection,
  });
}

export interface NewWrittenDocument {
  organizationId: string;
  title: string;
  /** Markdown. */
  text: string;
  createdById: string | null;
}

/** Enters a document with its text, ready to be processed: status `processing`, version 1. */
export function createWrittenDocument(tx: Transaction, { text, ...document }: NewWrittenDocument): Promise<DocumentRecord> {
  return tx.document.create({
    data: {
      ...document,
      id: newId(),
      titleFolded: fold(document.title),
      source: 'written',
      contentType: 'text/markdown',
      sizeBytes: Buffer.byteLength(text),
      status: 'processing',
      stage: 'waiting',
      progress: 0,
      version: 1,
      content: { create: { text, blocks: [], sourceText: text } },
    },
    select: documentSelection,
  });
}

/** The document, or null when the organization has none of this id. */
export async function findDocument(pool: Pool, { organizationId, documentId }: DocumentKey): Promise<DocumentRecord | null> {
  if (!validate(documentId)) return null;
  const rows = await queryRows<DocumentRecord>(pool, {
    name: 'find-document',
    text: `SELECT ${documentColumns} FROM document d ${joinCreator} WHERE d.id = $1 AND d.organization_id = $2`,
    values: [documentId, organizationId],
  });
  return rows[0] ?? null;
}

export interface DocumentPage {
  items: DocumentRecord[];
  nextCursor: string | null;
}

/** One page of the organization's documents, newest first. Throws `request.invalid` for a cursor that is none. */
export async function listDocuments(
  pool: Pool,
  { organizationId, cursor, limit, status }: { organizationId: string; cursor?: string; limit: number; status?: DocumentStatus },
): Promise<DocumentPage> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = await queryRows<DocumentRecord>(pool, {
    name: `list-documents${after ? '-after' : ''}`,
    text: `
      SELECT ${documentColumns} FROM document d ${joinCreator}
      WHERE d.organization_id = $1 AND ($2::document_status IS NULL OR d.status = $2)
      ${after ? 'AND (d.created_at, d.id) < ($4::timestamptz, $5::uuid)' : ''}
      ORDER BY d.created_at DESC, d.id DESC LIMIT $3`,
    values: [organizationId, status ?? null, limit + 1, ...(after ? [after.at, after.id] : [])],
  });
  return pageOfRows(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
}

/** The titles of those of the named documents that the organization has, by id. */
export async function listDocumentTitles(
  pool: Pool,
  { organizationId, documentIds }: { organizationId: string; documentIds: string[] },
): Promise<Map<string, string>> {
  const rows = await queryRows<{ id: string; title: string }>(pool, {
    name: 'list-document-titles',
    text: 'SELECT id, title FROM document WHERE organization_id = $1 AND id = ANY($2::uuid[])',
    values: [organizationId, documentIds.filter((id) => validate(id))],
  });
  return new Map(rows.map((row) => [row.id, row.title]));
}

/** Gives the document another title; its passages learn of it by `retitleChunks`. Null when there is none. */
export function renameDocument(on: Connection, { title, ...key }: DocumentKey & { title: string }): Promise<DocumentRecord | null> {
  return updateOne(on, whereKey(key), { title, titleFolded: fold(title) });
}

/** Removes the document with its text and passages; null when there is none. The caller removes the file. */
export async function deleteDocument(on: Connection, key: DocumentKey): Promise<{ storageKey: string | null } | null> {
  if (!validate(key.documentId)) return null;
  const rows = await on.$queryRaw<{ storageKey: string | null }[]>`
    DELETE FROM document WHERE id = ${key.documentId}::uuid AND organization_id = ${key.organizationId}
    RETURNING storage_key AS "storageKey"`;
  return rows[0] ?? null;
}

export interface AbandonedUpload extends DocumentKey {
  storageKey: string | null;
}

/**
 * Removes up to `limit` documents, oldest first, whose upload began more than `olderThanMs` ago and was never completed;
 * one that is being completed just now is left alone. Goes through all organizations: each answer says whose it was.
 * The caller removes the files.
 */
export function deleteAbandonedUploads(
  tx: Transaction,
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<AbandonedUpload[]> {
  return tx.$queryRaw<AbandonedUpload[]>`
    DELETE FROM document WHERE id IN (
      SELECT id FROM document WHERE status = 'uploading' AND created_at < now() - ${olderThanMs}::float8 * interval '1 ms'
      ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id AS "documentId", organization_id AS "organizationId", storage_key AS "storageKey"`;
}

/** The status of a document, which nobody changes before `tx` ends; null when there is no such document. */
export async function lockDocumentStatus(tx: Transaction, { organizationId, documentId }: DocumentKey): Promise<DocumentStatus | null> {
  if (!validate(documentId)) return null;
  const rows = await tx.$queryRaw<{ status: DocumentStatus }[]>`
    SELECT status FROM document WHERE id = ${documentId}::uuid AND organization_id = ${organizationId} FOR UPDATE`;
  return rows[0]?.status ?? null;
}

/**
 * Takes an upload that is complete into processing under a new version. Null when the document is not `uploading`
 * (any more), so that completing twice starts one processing.
 */
export function beginProcessing(tx: Transaction, key: DocumentKey): Promise<DocumentRecord | null> {
  return updateOne(tx, { ...whereKey(key), status: 'uploading' }, toProcessing);
}

/** Puts a `ready` or `failed` document back into processing under a new version; null in any other state. */
export function requestReprocess(tx: Transaction, key: DocumentKey): Promise<DocumentRecord | null> {
  return updateOne(tx, { ...whereKey(key), status: { in: ['ready', 'failed'] } }, toProcessing);
}

/** The extracted text and its blocks, or null when the document is not there or has none yet. */
export async function findContent(
  pool: Pool,
  { organizationId, documentId }: DocumentKey,
): Promise<{ text: string; blocks: unknown[] } | null> {
  if (!validate(documentId)) return null;
  const rows = await queryRows<{ text: string; blocks: unknown[] }>(pool, {
    name: 'find-content',
    text: `
      SELECT c.text, c.blocks FROM document_content c JOIN document d ON d.id = c.document_id
      WHERE d.id = $1 AND d.organization_id = $2`,
    values: [documentId, organizationId],
  });
  return rows[0] ?? null;
}

/** The Markdown of a written document, as it was written; null when there is no such document or it was uploaded. */
export async function findWrittenText(pool: Pool, { organizationId, documentId }: DocumentKey): Promise<string | null> {
  if (!validate(documentId)) return null;
  const rows = await queryRows<{ sourceText: string | null }>(pool, {
    name: 'find-written-text',
    text: `
      SELECT c.source_text AS "sourceText" FROM document_content c JOIN document d ON d.id = c.document_id
      WHERE d.id = $1 AND d.organization_id = $2`,
    values: [documentId, organizationId],
  });
  return rows[0]?.sourceText ?? null;
}

const toProcessing = {
  status: 'processing',
  stage: 'waiting',
  progress: 0,
  failureCode: null,
  version: { increment: 1 },
} as const satisfies Prisma.DocumentUpdateManyMutationInput;

function whereKey({ organizationId, documentId }: DocumentKey): Prisma.DocumentWhereInput {
  // An id that is no UUID names nothing; the database would refuse it with an error.
  return validate(documentId) ? { id: documentId, organizationId } : { id: { in: [] } };
}

async function updateOne(
  on: Connection,
  where: Prisma.DocumentWhereInput,
  data: Prisma.DocumentUpdateManyMutationInput,
): Promise<DocumentRecord | null> {
  const rows = await on.document.updateManyAndReturn({ where, data: { ...data, updatedAt: new Date() }, select: documentSelection });
  return rows[0] ?? null;
}
