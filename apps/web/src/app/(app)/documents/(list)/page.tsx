import { documentTypes, maxDocumentBytes } from '@repo/contracts/documents';
import type { Metadata } from 'next';
import { callApi } from '@/api/server';
import { DocumentsScreen } from '@/features/documents/list/documents-screen';
import { parseStatus } from '@/features/documents/list/status-filter';

export const metadata: Metadata = { title: 'Documents' };

export default async function DocumentsPage({ searchParams }: { searchParams: Promise<{ status?: string | string[] }> }) {
  const status = parseStatus((await searchParams).status);
  const first = await callApi('GET /api/v1/documents', { query: { limit: 25, ...(status === null ? {} : { status }) } });
  return <DocumentsScreen first={first} status={status} rules={{ maxBytes: maxDocumentBytes, types: documentTypes }} />;
}
