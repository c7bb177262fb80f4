import type { Connection, Transaction } from '../client.js';
import type { DocumentRecord, DocumentStage, DocumentVersion } from './document-record.js';
import { documentSelection } from './document-record.js';

/**
 * Begins (again) what the worker was told to do: the document in `processing` or, when a failed job is retried, in
 * `failed`. Null when the document is gone, or was put to a later version: then there is nothing to do.
 */
export async function claimForProcessing(on: Connection, target: DocumentVersion): Promise<DocumentRecord | null> {
  const rows = await on.document.updateManyAndReturn({
    where: { ...whereVersion(target), status: { in: ['processing', 'failed'] } },
    data: { status: 'processing', stage: 'reading', progress: 0, failureCode: null, updatedAt: new Date() },
    select: documentSelection,
  });
  return rows[0] ?? null;
}

/** Shows how far the processing is, as a fraction of the whole; false when the version is stale. */
export async function reportProgress(
  on: Connection,
  { stage, progress, ...target }: DocumentVersion & { stage: DocumentStage; progress: number },
): Promise<boolean> {
  const { count } = await on.document.updateMany({
    where: { ...whereVersion(target), status: 'processing' },
    data: { stage, progress: Math.min(1, Math.max(0, progress)), updatedAt: new Date() },
  });
  return count === 1;
}

/** Makes the document `ready`; false, and nothing changed, when the version is stale. Call first in its transaction. */
export async function completeProcessing(
  tx: Transaction,
  { characterCount, passageCount, ...target }: DocumentVersion & { characterCount: number; passageCount: number },
): Promise<boolean> {
  const now = new Date();
  const { count } = await tx.document.updateMany({
    where: { ...whereVersion(target), status: 'processing' },
    data: {
      status: 'ready',
      stage: null,
      progress: null,
      failureCode: null,
      characterCount,
      passageCount,
      readyAt: now,
      updatedAt: now,
    },
  });
  return count === 1;
}

/** Makes the document `failed` with a code of the catalogue; false when the version is stale. */
export async function failProcessing(on: Connection, { code, ...target }: DocumentVersion & { code: string }): Promise<boolean> {
  const { count } = await on.document.updateMany({
    where: { ...whereVersion(target), status: 'processing' },
    data: { status: 'failed', stage: null, progress: null, failureCode: code, updatedAt: new Date() },
  });
  return count === 1;
}

/** Keeps the extracted text in place of an earlier one; false, and nothing changed, when the version is stale. */
export async function saveContent(
  tx: Transaction,
  { organizationId, documentId, version, text, blocks }: DocumentVersion & { text: string; blocks: unknown[] },
): Promise<boolean> {
  // The row lock keeps a later version from starting before this text is committed.
  const count = await tx.$executeRaw`
    WITH current AS (
      SELECT id FROM document
      WHERE id = ${documentId}::uuid AND organization_id = ${organizationId} AND version = ${version}
      FOR NO KEY UPDATE
    )
    INSERT INTO document_content (document_id, text, blocks)
    SELECT id, ${text}, ${JSON.stringify(blocks)}::jsonb FROM current
    ON CONFLICT (document_id) DO UPDATE SET text = excluded.text, blocks = excluded.blocks`;
  return count === 1;
}

function whereVersion({ organizationId, documentId, version }: DocumentVersion) {
  return { id: documentId, organizationId, version };
}
