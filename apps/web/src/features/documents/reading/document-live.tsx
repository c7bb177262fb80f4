'use client';

import type { Document } from '@repo/contracts/documents';
import { ArrowLeft, Download } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { callApi } from '@/api/browser';
import { readFailure } from '@/api/read-failure';
import { Button, ButtonLink } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { RelativeTime } from '@/components/relative-time';
import { orToast } from '@/components/or-toast';
import { showToast } from '@/components/toast-store';
import { useLiveDocuments } from '@/features/realtime/use-live-documents';
import { formatSize } from '@/platform/format-size';
import { downloadDocument } from '../actions/document-actions';
import { DocumentMenu } from '../actions/document-menu';
import { typeLabel } from '../list/type-label';
import { newerDocument } from '../upload/upload-state';
import { DocumentFailure } from './document-failure';
import { DocumentProgress } from './document-progress';

/**
 * The head of a document's page, current without reloading. `children` is the text, which the server renders once
 * the document is ready.
 */
export function DocumentLive({ initial, children }: { initial: Document; children: ReactNode }) {
  const { document, deleted, setDocument, setDeleted } = useLiveDocument(initial);
  const router = useRouter();
  if (deleted) {
    return (
      <EmptyState title="This document was deleted." action={<ButtonLink href="/documents">Go to your documents</ButtonLink>}>
        Its file and its passages are gone for everyone in your organization.
      </EmptyState>
    );
  }
  const leave = () => {
    setDeleted();
    showToast(`“${document.title}” was deleted.`);
    router.push('/documents');
  };
  return (
    <>
      <header className="flex flex-col gap-3 pb-8">
        <div className="flex items-center justify-between gap-4">
          <Link href="/documents" className="inline-flex items-center gap-1.5 text-secondary hover:text-ink">
            <ArrowLeft aria-hidden className="size-4" /> Documents
          </Link>
          <div className="flex shrink-0 items-center gap-1">
            {document.source === 'uploaded' && document.status !== 'uploading' ? <DownloadButton documentId={document.id} /> : null}
            <DocumentMenu document={document} onChanged={setDocument} onDeleted={leave} />
          </div>
        </div>
        <h1 dir="auto" className="text-xl break-words">
          {document.title}
        </h1>
        <p className="text-secondary">
          {typeLabel(document.contentType)} · {formatSize(document.sizeBytes)} · Added <RelativeTime at={document.createdAt} />
          {document.createdBy === null ? '' : ` by ${document.createdBy.name}`}
        </p>
      </header>
      {document.status === 'ready' ? (
        children
      ) : document.status === 'failed' ? (
        <DocumentFailure document={document} onChanged={setDocument} onDeleted={leave} />
      ) : (
        <DocumentProgress document={document} />
      )}
    </>
  );
}

function DownloadButton({ documentId }: { documentId: string }) {
  return (
    <Button onClick={() => void orToast(() => downloadDocument(documentId))}>
      <Download aria-hidden /> Download
    </Button>
  );
}

function useLiveDocument(initial: Document) {
  const router = useRouter();
  const [live, setLive] = useState(initial);
  const document = newerDocument(live, initial);
  const [deleted, setDeleted] = useState(false);
  const take = (incoming: Document) => {
    if (incoming.id === initial.id) setLive((held) => newerDocument(held, incoming));
  };
  useEffect(() => {
    // The text is the server's to render: ask it anew when there is another one.
    if (document.readyAt !== initial.readyAt || (document.status === 'ready' && initial.status !== 'ready')) router.refresh();
  }, [document.readyAt, document.status, initial.readyAt, initial.status, router]);
  const refresh = async () => {
    try {
      take(await callApi('GET /api/v1/documents/{documentId}', { params: { documentId: initial.id } }));
    } catch (thrown) {
      if (readFailure(thrown).code === 'document.not_found') setDeleted(true);
    }
  };
  useLiveDocuments({
    onChanged: take,
    onDeleted: (documentId) => {
      if (documentId === initial.id) setDeleted(true);
    },
    refresh,
    unsettled: document.status === 'processing' || document.status === 'uploading',
  });
  return { document, deleted, setDocument: take, setDeleted: () => setDeleted(true) };
}
