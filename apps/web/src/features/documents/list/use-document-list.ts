'use client';

import type { Document, DocumentStatus } from '@repo/contracts/documents';
import { useCallback, useEffect, useReducer, useState } from 'react';
import type { Failure } from '@/api/api-error';
import { callApi } from '@/api/browser';
import { readFailure } from '@/api/read-failure';
import { useLiveDocuments } from '@/features/realtime/use-live-documents';
import { uploads, useUploads } from '../upload/uploads';
import { isAnythingMoving } from './document-rows';
import { type DocumentList, reduceDocumentList, startDocumentList } from './document-list-state';

export interface FirstPage {
  items: readonly Document[];
  nextCursor: string | null;
}

/** Documents read per page; the API takes 100 at most. */
const pageSize = 25;
const maxPageSize = 100;

/** The list of documents, current without reloading, with its next pages. */
export function useDocumentList(first: FirstPage, status: DocumentStatus | null) {
  const [list, dispatch] = useReducer(reduceDocumentList, startDocumentList(first, status));
  const more = useNextPage(list, (page) => dispatch({ type: 'page-added', page }));
  const unsettled = isAnythingMoving(useUploads(), list.documents);

  const onChanged = useCallback((document: Document) => {
    uploads().documentChanged(document);
    dispatch({ type: 'changed', document });
  }, []);
  const onDeleted = useCallback((documentId: string) => {
    uploads().documentDeleted(documentId);
    dispatch({ type: 'deleted', documentId });
  }, []);
  const refresh = async () => {
    const limit = Math.min(Math.max(pageSize, list.documents.length), maxPageSize);
    try {
      const page = await callApi('GET /api/v1/documents', { query: { limit, ...(status === null ? {} : { status }) } });
      for (const document of page.items) uploads().documentChanged(document);
      dispatch({ type: 'refreshed', page });
    } catch {
      // What is shown stays; the next connection or poll asks again.
    }
  };
  // Coming back to the page shows what the server rendered just now, not what this tab held.
  useEffect(() => dispatch({ type: 'refreshed', page: first }), [first]);
  useLiveDocuments({ onChanged, onDeleted, refresh, unsettled });
  return { list, onChanged, onDeleted, more };
}

function useNextPage({ nextCursor, status }: DocumentList, onPage: (page: { items: Document[]; nextCursor: string | null }) => void) {
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const load = async () => {
    if (nextCursor === null) return;
    setLoading(true);
    setFailure(undefined);
    try {
      onPage(
        await callApi('GET /api/v1/documents', { query: { cursor: nextCursor, limit: pageSize, ...(status === null ? {} : { status }) } }),
      );
    } catch (thrown) {
      setFailure(readFailure(thrown));
    } finally {
      setLoading(false);
    }
  };
  return { available: nextCursor !== null, loading, failure, load };
}
