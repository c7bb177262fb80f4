import type { Document, UploadTarget } from '@repo/contracts/documents';
import type { Upload } from './upload-state';

/** A document that waits for its bytes, and where they go. */
export interface CreatedUpload {
  document: Document;
  target: UploadTarget;
}

/** The requests of an upload. Each throws what `describeUploadFailure` understands, or an AbortError when stopped. */
export interface UploadTransport {
  /** Cannot be stopped half-way: a document whose id nobody learned could not be taken away again. */
  create(upload: Upload, idempotencyKey: string): Promise<CreatedUpload>;
  sendBytes(target: UploadTarget, options: { file: Blob; onProgress: (sentBytes: number) => void; signal: AbortSignal }): Promise<void>;
  complete(documentId: string, idempotencyKey: string, signal: AbortSignal): Promise<Document>;
  /** Deletes a document that will get no bytes. Never throws: a leftover shows in the list and can be deleted there. */
  discard(documentId: string): Promise<void>;
}

/** What is kept between the attempts of one upload, so that a retry goes on instead of making the document twice. */
export interface UploadMemory {
  file: Blob;
  /** Part of the Idempotency-Key of the creation; raised when a new document is wanted. */
  generation: number;
  created: CreatedUpload | null;
}

export interface UploadRun {
  memory: UploadMemory;
  transport: UploadTransport;
  signal: AbortSignal;
  onCreated: (document: Document) => void;
  onProgress: (sentBytes: number) => void;
}

/** An address is not used when it would expire before a slow upload could begin. */
const expiryMarginMs = 5_000;

/**
 * Brings one file to the server: create, send the bytes, say that they are there. Safe to call again with the
 * same `memory` after any failure: a creation whose answer was lost is repeated under the same key, and a
 * document that was made already is used again while its address is valid.
 */
export async function runUpload(upload: Upload, run: UploadRun): Promise<Document> {
  const { memory, transport, signal } = run;
  if (memory.created && !isUsable(memory.created.target)) await startAnew(memory, transport);
  memory.created ??= await transport.create(upload, `${upload.id}:create:${memory.generation}`);
  signal.throwIfAborted();
  const { document, target } = memory.created;
  run.onCreated(document);
  await transport.sendBytes(target, { file: memory.file, onProgress: run.onProgress, signal });
  return transport.complete(document.id, `${upload.id}:complete:${memory.generation}:${upload.attempt}`, signal);
}

/** Makes the next attempt create a new document, and takes away the one that was waiting for bytes. */
export async function startAnew(memory: UploadMemory, transport: UploadTransport): Promise<void> {
  const abandoned = memory.created;
  memory.generation += 1;
  memory.created = null;
  if (abandoned) await transport.discard(abandoned.document.id);
}

function isUsable(target: UploadTarget): boolean {
  return Date.parse(target.expiresAt) - expiryMarginMs > Date.now();
}
