import type { Document } from '@repo/contracts/documents';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache, Suspense } from 'react';
import { ApiError } from '@/api/api-error';
import { callApi } from '@/api/server';
import { DocumentBody } from '@/features/documents/reading/document-body';
import { DocumentLive } from '@/features/documents/reading/document-live';
import { parsePassage } from '@/features/documents/reading/passage-address';
import { TextSkeleton } from '@/features/documents/reading/text-skeleton';

interface DocumentPageProps {
  params: Promise<{ documentId: string }>;
  searchParams: Promise<{ from?: string; q?: string; part?: string }>;
}

/** Asked for by the page and its title; once per request. */
const findDocument = cache(async (documentId: string): Promise<Document> => {
  try {
    return await callApi('GET /api/v1/documents/{documentId}', { params: { documentId } });
  } catch (thrown) {
    // An address that is no id at all is refused as invalid; to the reader it is the same.
    if (thrown instanceof ApiError && (thrown.status === 404 || thrown.status === 400)) notFound();
    throw thrown;
  }
});

export async function generateMetadata({ params }: DocumentPageProps): Promise<Metadata> {
  return { title: (await findDocument((await params).documentId)).title };
}

export default async function DocumentPage({ params, searchParams }: DocumentPageProps) {
  const document = await findDocument((await params).documentId);
  const { from, q, part } = await searchParams;
  const passage = parsePassage(typeof from === 'string' ? from : undefined);
  const found = passage === null ? null : { passage, query: typeof q === 'string' ? q : '' };
  return (
    <DocumentLive key={document.id} initial={document}>
      {document.status === 'ready' ? (
        <Suspense fallback={<TextSkeleton />}>
          <DocumentBody document={document} found={found} part={typeof part === 'string' ? part : undefined} />
        </Suspense>
      ) : (
        <TextSkeleton />
      )}
    </DocumentLive>
  );
}
