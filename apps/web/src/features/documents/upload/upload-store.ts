import type { Document } from '@repo/contracts/documents';
import { checkFile, type UploadRules } from './check-file';
import { runUpload, startAnew, type UploadMemory, type UploadTransport } from './run-upload';
import { reduceUploads, uploadsToStart, type Upload, type UploadEvent } from './upload-state';

/** What an upload does after something was thrown. */
export interface UploadVerdict {
  /** For the reader. */
  message: string;
  requestId: string | null;
  /** What the server holds is of no more use: the next attempt makes a new document. */
  anew: boolean;
  /** Goes on by itself after this time, ms; null when only the person can decide. */
  retryAfterMs: number | null;
}

export interface UploadStoreOptions {
  transport: UploadTransport;
  judge(thrown: unknown): UploadVerdict;
  makeId(): string;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** How often one attempt goes on by itself before the person is asked. */
const automaticRetries = 3;

/**
 * Holds the uploads of this browser tab and runs them, three at a time. It lives longer than the page that shows
 * it, so that going to another page of the app does not stop what is under way.
 */
export class UploadStore {
  #uploads: readonly Upload[] = [];
  readonly #memories = new Map<string, UploadMemory>();
  readonly #running = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  readonly #discarded = new Set<string>();
  readonly #options: UploadStoreOptions;
  readonly #transport: UploadTransport;

  constructor(options: UploadStoreOptions) {
    this.#options = options;
    this.#transport = {
      ...options.transport,
      discard: async (documentId) => {
        this.#discarded.add(documentId);
        await options.transport.discard(documentId);
      },
    };
  }

  /** The documents that this tab took away again; until the server has done so they are not to be shown. */
  get discarded(): ReadonlySet<string> {
    return this.#discarded;
  }

  /** The uploads, newest drop first; the same array until something changes. */
  readonly read = (): readonly Upload[] => this.#uploads;

  /** Calls back after each change; answers how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: readonly File[], rules: UploadRules): void {
    const uploads = files.map((file) => {
      const upload = toUpload(file, { id: this.#options.makeId(), rules });
      if (upload.phase === 'waiting') this.#memories.set(upload.id, { file, generation: 0, created: null });
      return upload;
    });
    this.#dispatch({ type: 'added', uploads });
  }

  retry(id: string): void {
    this.#dispatch({ type: 'retried', id });
  }

  /** Stops an upload and takes away what it made on the server; for one that is over, only its row. */
  cancel(id: string): void {
    this.#dispatch({ type: 'removed', id });
  }

  documentChanged(document: Document): void {
    this.#dispatch({ type: 'document-changed', document });
  }

  /** An upload whose document someone deletes is over; one that takes its own old document away goes on. */
  documentDeleted(documentId: string): void {
    if (!this.#discarded.has(documentId)) this.#dispatch({ type: 'document-deleted', documentId });
  }

  /** Forgets uploads about which nothing is left to see or to do. */
  dropSettled(): void {
    this.#dispatch({ type: 'settled-dropped' });
  }

  #dispatch(event: UploadEvent): void {
    const next = reduceUploads(this.#uploads, event);
    if (next === this.#uploads) return;
    this.#uploads = next;
    this.#forgetRemoved();
    for (const upload of uploadsToStart(this.#uploads)) this.#start(upload);
    for (const listener of this.#listeners) listener();
  }

  /** What is no longer shown is stopped, and taken away where the server began to hold it. */
  #forgetRemoved(): void {
    const shown = new Set(this.#uploads.map((upload) => upload.id));
    for (const [id, memory] of this.#memories) {
      if (shown.has(id)) continue;
      this.#memories.delete(id);
      const running = this.#running.get(id);
      if (running) running.abort();
      else void startAnew(memory, this.#transport);
    }
  }

  #start(upload: Upload): void {
    const memory = this.#memories.get(upload.id);
    const next = reduceUploads(this.#uploads, { type: 'started', id: upload.id });
    if (!memory || next === this.#uploads) return;
    this.#uploads = next;
    void this.#run(upload, memory);
  }

  async #run(upload: Upload, memory: UploadMemory): Promise<void> {
    const { id } = upload;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const document = await this.#runPatiently(upload, { memory, signal: controller.signal });
      controller.signal.throwIfAborted();
      this.#memories.delete(id);
      this.#dispatch({ type: 'handed-over', id, document });
    } catch (thrown) {
      const { anew, message, requestId } = this.#options.judge(thrown);
      if (anew || controller.signal.aborted) await startAnew(memory, this.#transport);
      this.#dispatch({ type: 'failed', id, failure: { message, requestId } });
    } finally {
      this.#running.delete(id);
    }
  }

  async #runPatiently(upload: Upload, { memory, signal }: { memory: UploadMemory; signal: AbortSignal }): Promise<Document> {
    const { id } = upload;
    const onCreated = (document: Document) => this.#dispatch({ type: 'created', id, document });
    const onProgress = (sentBytes: number) => this.#dispatch({ type: 'progressed', id, sentBytes });
    for (let retries = 0; ; retries += 1) {
      try {
        return await runUpload(upload, { memory, transport: this.#transport, signal, onCreated, onProgress });
      } catch (thrown) {
        const { retryAfterMs, message } = this.#options.judge(thrown);
        if (retryAfterMs === null || retries >= automaticRetries || signal.aborted) throw thrown;
        this.#dispatch({ type: 'paused', id, notice: message });
        await this.#options.wait(retryAfterMs, signal);
        signal.throwIfAborted();
      }
    }
  }
}

function toUpload(file: File, { id, rules }: { id: string; rules: UploadRules }): Upload {
  const check = checkFile(file, rules);
  return {
    id,
    filename: file.name,
    sizeBytes: file.size,
    contentType: check.ok ? check.contentType : file.type,
    phase: check.ok ? 'waiting' : 'refused',
    sentBytes: 0,
    document: null,
    failure: check.ok ? null : { message: check.reason, requestId: null },
    notice: null,
    attempt: 0,
  };
}
