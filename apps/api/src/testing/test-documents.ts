import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Document, UploadTarget } from '@repo/contracts/documents';
import type { Problem } from '@repo/contracts/problem';
import { replaceChunks } from '@repo/database/repositories/chunks';
import { claimForProcessing, completeProcessing, failProcessing, saveContent } from '@repo/database/repositories/document-processing';
import { findDocument } from '@repo/database/repositories/documents';
import { findSearchScope } from '@repo/database/repositories/organizations';
import { invariant } from '@repo/errors';
import { detectLanguage, indexTokens } from '@repo/text-search';
import { expect } from 'vitest';
import type { TestApp } from './create-test-app.js';
import type { TestAnswer, TestClient } from './test-client.js';

export interface TestFile {
  filename?: string;
  contentType?: string;
  bytes?: Buffer;
  title?: string;
}

export const someBytes = (size = 64): Buffer => randomBytes(size);

/** The problem of an answer, after checking that it is one. */
export function problemOf(answer: TestAnswer): Problem {
  expect(answer.headers.get('content-type'), answer.text).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status: answer.status, requestId: answer.headers.get('x-request-id') });
  return answer.body as unknown as Problem;
}

/** Announces a file; its bytes are still to be sent. */
export async function announceFile(client: TestClient, file: TestFile = {}): Promise<{ document: Document; upload: UploadTarget }> {
  const { filename = 'report.pdf', contentType = 'application/pdf', bytes = someBytes(), title } = file;
  const answer = await client('/api/v1/documents', { json: { filename, contentType, sizeBytes: bytes.length, ...(title && { title }) } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body as unknown as { document: Document; upload: UploadTarget };
}

/** Sends bytes to a signed address, as a browser would. */
export async function sendBytes(upload: UploadTarget, bytes: Buffer, headers: Record<string, string> = upload.headers): Promise<Response> {
  return fetch(upload.url, { method: upload.method, headers, body: new Uint8Array(bytes) });
}

/** Announces a file, sends it and completes the upload: the document is `processing`. */
export async function uploadFile(client: TestClient, file: TestFile = {}): Promise<Document> {
  const bytes = file.bytes ?? someBytes();
  const { document, upload } = await announceFile(client, { ...file, bytes });
  expect((await sendBytes(upload, bytes)).status).toBe(200);
  const answer = await client(`/api/v1/documents/${document.id}/complete`, { method: 'POST' });
  expect(answer.status, answer.text).toBe(202);
  return answer.body as unknown as Document;
}

/** Writes a document by hand: it is `processing`. */
export async function writeText(client: TestClient, text = 'Some text.', title = 'Written'): Promise<Document> {
  const answer = await client('/api/v1/documents', { json: { title, text } });
  expect(answer.status, answer.text).toBe(202);
  return (answer.body as unknown as { document: Document }).document;
}

export interface TestPassage {
  body: string;
  headings?: string[];
  page?: number;
}

/** Does what the worker does at the end: text and passages are stored, the document is `ready`. */
export async function makeReady(app: TestApp, document: { id: string; organizationId: string }, passages: TestPassage[]): Promise<void> {
  const { database } = app.dependencies;
  const key = { organizationId: document.organizationId, documentId: document.id };
  const row = await findDocument(database.pool, key);
  const scope = await findSearchScope(database.pool, key);
  invariant(row && scope, 'the document of a test is gone');
  const target = { ...key, version: row.version };
  const text = passages.map(({ body }) => body).join('\n\n');
  let start = 0;
  const chunks = passages.map(({ body, headings = [], page }, ordinal) => {
    const startOffset = start;
    start += body.length + 2;
    const language = detectLanguage(body);
    const tokens = indexTokens({ title: row.title, headings, body, language });
    return {
      ordinal,
      headingPath: headings,
      body,
      startOffset,
      endOffset: startOffset + body.length,
      language,
      tokens,
      ...(page && { page }),
    };
  });
  await claimForProcessing(database.prisma, target);
  await database.transaction(async (tx) => {
    const block = { kind: 'paragraph', start: 0, end: text.length };
    expect(await completeProcessing(tx, { ...target, characterCount: text.length, passageCount: chunks.length })).toBe(true);
    await saveContent(tx, { ...target, text, blocks: [block] });
    await replaceChunks(tx, { ...target, organizationKey: scope.organizationKey, chunks, capabilities: { vector: false } });
  });
}

/** Does what the worker does with a file that it cannot read. */
export async function makeFailed(app: TestApp, document: { id: string; organizationId: string }, code: string): Promise<void> {
  const { database } = app.dependencies;
  const key = { organizationId: document.organizationId, documentId: document.id };
  const row = await findDocument(database.pool, key);
  invariant(row, 'the document of a test is gone');
  expect(await failProcessing(database.prisma, { ...key, version: row.version, code })).toBe(true);
}

/** The outbox rows of a queue that name a document, oldest first. */
export async function outboxOf(app: TestApp, queue: string, documentId: string) {
  const rows = await app.dependencies.database.prisma.outboxEvent.findMany({ where: { queue }, orderBy: { id: 'asc' } });
  return rows.filter(({ payload }) => (payload as { documentId?: string }).documentId === documentId);
}

/** Begins a request with a body and breaks it off after the first bytes. Resolves when the connection is gone. */
export function breakOff(upload: UploadTarget, bytes: Buffer, sent: number): Promise<void> {
  return new Promise((resolve) => {
    const request = httpRequest(upload.url, { method: upload.method, headers: { ...upload.headers, 'content-length': bytes.length } });
    request.on('error', () => {});
    request.on('close', resolve);
    request.write(bytes.subarray(0, sent), () => setTimeout(() => request.destroy(), 50));
  });
}
