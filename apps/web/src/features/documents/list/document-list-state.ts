import type { Document, DocumentStatus } from '@repo/contracts/documents';

/** The part of the list that was loaded, newest first. */
export interface DocumentList {
  documents: readonly Document[];
  /** Null when everything was loaded. */
  nextCursor: string | null;
  /** Late news of these must not bring them back. */
  deletedIds: ReadonlySet<string>;
  /** Only documents of this status belong here; null for all. */
  status: DocumentStatus | null;
}

interface Page {
  items: readonly Document[];
  nextCursor: string | null;
}

export type DocumentListEvent =
  | { type: 'changed'; document: Document }
  | { type: 'deleted'; documentId: string }
  /** The next older page. */
  | { type: 'page-added'; page: Page }
  /** The newest page, read again. */
  | { type: 'refreshed'; page: Page };

/** The list right after the server rendered its first page. */
export function startDocumentList(page: Page, status: DocumentStatus | null): DocumentList {
  return { documents: page.items, nextCursor: page.nextCursor, deletedIds: new Set(), status };
}

/** The list after news. Answers and events may arrive in any order: of one document the later state stays. */
export function reduceDocumentList(list: DocumentList, event: DocumentListEvent): DocumentList {
  switch (event.type) {
    case 'changed':
      return merge(list, [event.document]);
    case 'deleted':
      return {
        ...list,
        documents: list.documents.filter((document) => document.id !== event.documentId),
        deletedIds: new Set([...list.deletedIds, event.documentId]),
      };
    case 'page-added':
      return { ...merge({ ...list, nextCursor: null }, event.page.items), nextCursor: event.page.nextCursor };
    case 'refreshed':
      return refresh(list, event.page);
    default:
      return list;
  }
}

/** What the newest page no longer names is gone; what is older than that page stays as it was loaded. */
function refresh(list: DocumentList, page: Page): DocumentList {
  const last = page.items.at(-1);
  const named = new Set(page.items.map((document) => document.id));
  const older = page.nextCursor === null || !last ? [] : list.documents.filter((document) => compare(document, last) > 0);
  const known = list.documents.filter((document) => named.has(document.id));
  const nextCursor = older.length > 0 ? list.nextCursor : page.nextCursor;
  return { ...merge({ ...list, documents: [...known, ...older], nextCursor: null }, page.items), nextCursor };
}

function merge(list: DocumentList, incoming: readonly Document[]): DocumentList {
  const byId = new Map(list.documents.map((document) => [document.id, document]));
  for (const document of incoming) {
    const held = byId.get(document.id);
    if (held && held.updatedAt > document.updatedAt) continue;
    if (belongs(list, document, held)) byId.set(document.id, document);
    else byId.delete(document.id);
  }
  return { ...list, documents: [...byId.values()].toSorted(compare) };
}

/** A document older than everything loaded comes with its own page, not before it. */
function belongs(list: DocumentList, document: Document, held: Document | undefined): boolean {
  if (list.deletedIds.has(document.id)) return false;
  if (list.status !== null && document.status !== list.status) return false;
  const oldest = list.documents.at(-1);
  return held !== undefined || list.nextCursor === null || !oldest || compare(document, oldest) < 0;
}

/** Newest first, as the API sorts. */
function compare(a: Document, b: Document): number {
  if (a.createdAt !== b.createdAt) return a.createdAt > b.createdAt ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}
