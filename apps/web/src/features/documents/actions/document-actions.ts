import type { Document } from '@repo/contracts/documents';
import { callApi } from '@/api/browser';

/** Gives a document another title. Throws `ApiError`. */
export async function renameDocument(documentId: string, title: string): Promise<Document> {
  return callApi('PATCH /api/v1/documents/{documentId}', { params: { documentId }, body: { title } });
}

/** Deletes a document with its file and passages. One that is gone already counts as deleted. Throws `ApiError`. */
export async function deleteDocument(documentId: string): Promise<void> {
  await callApi('DELETE /api/v1/documents/{documentId}', { params: { documentId } });
}

/** Has a document read and indexed again. Throws `ApiError`. */
export async function reprocessDocument(documentId: string): Promise<Document> {
  return callApi('POST /api/v1/documents/{documentId}/reprocess', { params: { documentId }, idempotencyKey: crypto.randomUUID() });
}

/** Starts the download of the original file; the page stays. Throws `ApiError`. */
export async function downloadDocument(documentId: string): Promise<void> {
  const { url } = await callApi('GET /api/v1/documents/{documentId}/download', { params: { documentId } });
  const link = window.document.createElement('a');
  link.href = url;
  link.rel = 'noopener';
  link.download = '';
  link.click();
}
