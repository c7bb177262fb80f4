import type { Document, DocumentStatus } from '@repo/contracts/documents';
import { isUnderWay, newerDocument, type Upload } from '../upload/upload-state';
import { shortenFilename } from '../upload/upload-transport';

/** One row: a file on its way, a document, or both in one. */
export interface DocumentRow {
  /** Stays the same from the drop until the page is left, so that a row neither jumps nor flickers. */
  key: string;
  upload: Upload | null;
  document: Document | null;
}

interface RowSource {
  documents: readonly Document[];
  status: DocumentStatus | null;
  /** Documents that are being taken away. */
  hidden: ReadonlySet<string>;
}

/**
 * Puts the uploads of this tab on top, in the order in which they were dropped, and each document once. With a
 * filter an upload shows as long as it is on its way or needs a decision, then only where it belongs.
 */
export function toRows(uploads: readonly Upload[], list: RowSource): DocumentRow[] {
  const listed = new Map(list.documents.map((document) => [document.id, document]));
  const own = uploads.map((upload): DocumentRow => ({ key: upload.id, upload, document: latestOf(upload, listed) }));
  const ownIds = new Set(own.map((row) => row.document?.id));
  const shown = own.filter(
    ({ upload, document }) => upload?.phase !== 'handed-over' || list.status === null || document?.status === list.status,
  );
  const announced = uploads.filter(({ phase, document }) => phase === 'sending' && (document === null || list.hidden.has(document.id)));
  const others = list.documents.filter(
    (document) => !ownIds.has(document.id) && !list.hidden.has(document.id) && !announced.some((upload) => isProbablyOf(upload, document)),
  );
  return [...shown, ...others.map((document): DocumentRow => ({ key: document.id, upload: null, document }))];
}

/** The news that a document was made may come before the answer to the upload that made it; a second row would flash up. */
function isProbablyOf(upload: Upload, document: Document): boolean {
  return (
    document.status === 'uploading' && document.filename === shortenFilename(upload.filename) && document.sizeBytes === upload.sizeBytes
  );
}

function latestOf(upload: Upload, listed: ReadonlyMap<string, Document>): Document | null {
  const fromList = upload.document && listed.get(upload.document.id);
  return fromList ? newerDocument(upload.document, fromList) : upload.document;
}

/**
 * True while something will change without anybody's doing. Looks at the uploads too: without a live connection
 * their documents are not in the list yet.
 */
export function isAnythingMoving(uploads: readonly Upload[], documents: readonly Document[]): boolean {
  return uploads.some((upload) => isUnderWay(upload) || isMoving(upload.document)) || documents.some(isMoving);
}

function isMoving(document: Document | null): boolean {
  return document?.status === 'processing' || document?.status === 'uploading';
}
