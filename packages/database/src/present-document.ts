import { type ErrorCode, errorCatalogue, isErrorCode } from '@repo/errors';
import type { DocumentRecord } from './repositories/document-record.js';

/**
 * A row in the shape of the contract's `Document`: what the API answers and what realtime events carry. The only place
 * that knows both. Storage key, version and organization stay inside.
 */
export function presentDocument(row: DocumentRecord) {
  const processing = row.status === 'processing';
  return {
    id: row.id,
    title: row.title,
    source: row.source,
    filename: row.filename,
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    status: row.status,
    stage: processing ? (row.stage ?? 'waiting') : null,
    progress: processing ? (row.progress ?? 0) : null,
    failure: row.status === 'failed' ? presentFailure(row.failureCode) : null,
    characterCount: row.characterCount,
    passageCount: row.passageCount,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
  };
}

/** The code that the worker stored, in the words that the catalogue has for it. */
function presentFailure(stored: string | null): { code: ErrorCode; message: string } {
  const code = stored !== null && isErrorCode(stored) ? stored : 'document.processing_failed';
  return { code, message: errorCatalogue[code].publicMessage };
}
