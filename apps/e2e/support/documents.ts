import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';
import type { Document, UploadTarget } from '@repo/contracts/documents';
import type { SearchResult } from '@repo/contracts/search';
import type { SampleFile } from './files.js';
import { send, sendWell } from './people.js';
import { readStack } from './stack.js';

/** Announces a file: the document, and where its bytes go. */
export async function announce(request: APIRequestContext, file: SampleFile): Promise<{ document: Document; upload: UploadTarget }> {
  const body = { filename: file.name, contentType: file.mimeType, sizeBytes: file.buffer.length };
  return sendWell(request, ['POST', '/api/v1/documents'], body);
}

/** Brings a file to the server as the browser does; answers when it is accepted, not when it is read. */
export async function upload(request: APIRequestContext, file: SampleFile): Promise<Document> {
  const { document, upload: target } = await announce(request, file);
  const sent = await sendBytes(request, target, file);
  expect(sent.ok(), `the bytes of ${file.name} → ${sent.status()} ${await sent.text()}`).toBe(true);
  return sendWell(request, ['POST', `/api/v1/documents/${document.id}/complete`]);
}

/** The bytes alone, to the address that the announcement answered with. */
export function sendBytes(request: APIRequestContext, target: UploadTarget, file: SampleFile): Promise<APIResponse> {
  const { origin } = new URL(readStack().url);
  return request.fetch(target.url, { method: target.method, headers: { ...target.headers, origin }, data: file.buffer });
}

export async function write(request: APIRequestContext, title: string, text: string): Promise<Document> {
  return (await sendWell<{ document: Document }>(request, ['POST', '/api/v1/documents'], { title, text })).document;
}

/** Null when the document is not there for this person. */
export async function findDocument(request: APIRequestContext, documentId: string): Promise<Document | null> {
  const response = await send(request, ['GET', `/api/v1/documents/${documentId}`]);
  return response.status() === 404 ? null : ((await response.json()) as Document);
}

/** Waits until a document is ready or has failed. */
export async function settled(request: APIRequestContext, documentId: string, timeoutMs = 20_000): Promise<Document> {
  let latest: Document | null = null;
  await expect
    .poll(async () => (latest = await findDocument(request, documentId))?.status, { timeout: timeoutMs, intervals: [100, 200, 400] })
    .toMatch(/^(ready|failed)$/);
  return latest as unknown as Document;
}

/** Uploads and waits until it can be found. */
export async function uploadReady(request: APIRequestContext, file: SampleFile): Promise<Document> {
  const document = await settled(request, (await upload(request, file)).id);
  expect(document.status, `${file.name}: ${document.failure?.message ?? ''}`).toBe('ready');
  return document;
}

export async function search(request: APIRequestContext, query: string): Promise<SearchResult[]> {
  const path = `/api/v1/search?limit=50&q=${encodeURIComponent(query)}`;
  return (await sendWell<{ results: SearchResult[] }>(request, ['GET', path])).results;
}
