import type { Document } from '@repo/contracts/documents';
import type { DocumentRecord } from '@repo/database/repositories/documents';
import { errorCatalogue, isErrorCode } from '@repo/errors';

/**
 * A row as the API shows it. The only place that knows both shapes. Written by hand and not passed through the
 * schema: this is the hot read path, and the compiler already checks the shape.
 */
export function presentDocument(row: DocumentRecord): Document {
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
function presentFailure(stored: string | null): NonNullable<Document['failure']> {
  const code = stored && isErrorCode(stored) ? stored : 'document.processing_failed';
  return { code, message: errorCatalogue[code].publicMessage };
}
