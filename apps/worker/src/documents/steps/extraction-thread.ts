import { Worker } from 'node:worker_threads';
import { AppError } from '@repo/errors';
import type { ExtractionOrder, ExtractionReport } from '../extraction/protocol.js';
import type { ExtractedText } from '../extraction/text-builder.js';

export interface ExtractionLimits {
  /** Heap of the thread. The process may grow by this and a quarter more while it reads; buffers lie outside of the heap. */
  memoryMb: number;
  timeoutMs: number;
}

export interface ExtractionRun {
  signal: AbortSignal;
  onProgress(fraction: number): void;
}

export interface ExtractionThread {
  /** Reads one file; not to be called again before it has ended. After a failure the thread must be ended. */
  read(order: ExtractionOrder, run: ExtractionRun): Promise<ExtractedText>;
  end(): Promise<void>;
}

const bytesPerMb = 1024 * 1024;
/** Memory can grow by some 300 MB a second. */
const memoryCheckMs = 50;
/** What a file may take in any case, also when the process still holds memory of the one before. */
const minGrowthMb = 64;
const youngGenerationMb = 32;

/**
 * Starts a thread that reads files. While it has nothing to read it does not keep the process alive.
 * `idleBytes`: memory of the process without the file at hand.
 */
export function startExtractionThread(options: { thread: URL; limits: ExtractionLimits; idleBytes: number }): ExtractionThread {
  const { thread, limits, idleBytes } = options;
  const worker = new Worker(thread, {
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: youngGenerationMb },
    env: {},
    // What libraries print about a file belongs into no log.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  // Without a listener an end between two files would end the process; the next read finds the thread gone.
  worker.on('error', () => {});
  let ended = false;
  worker.on('exit', () => (ended = true));
  return {
    async read(order, run) {
      if (ended) throw new Error('the extraction thread ended by itself');
      worker.ref();
      try {
        return await readFile({ worker, limits, idleBytes }, order, run);
      } finally {
        worker.unref();
      }
    },
    end: async () => void (await worker.terminate()),
  };
}

interface Reader {
  worker: Worker;
  limits: ExtractionLimits;
  idleBytes: number;
}

function readFile({ worker, limits, idleBytes }: Reader, order: ExtractionOrder, run: ExtractionRun): Promise<ExtractedText> {
  const { promise, resolve, reject } = Promise.withResolvers<ExtractedText>();
  const stopWatching = watchLimits({ ...limits, idleBytes, signal: run.signal }, reject);
  const hear = (report: ExtractionReport): void => {
    if (report.kind === 'progress') run.onProgress(report.fraction);
    else if (report.kind === 'done') resolve(report.extracted);
    else reject(new AppError(report.code, { detail: report.detail }));
  };
  const onError = (error: Error): void => reject(translate(error, limits));
  const onExit = (code: number): void => reject(new Error(`the extraction thread ended by itself with code ${code}`));
  worker.on('message', hear).on('error', onError).on('exit', onExit);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread, not a window
  worker.postMessage(order);
  return promise.finally(() => {
    stopWatching();
    worker.off('message', hear).off('error', onError).off('exit', onExit);
  });
}

/** Calls `stop` once when time or memory is used up, or the job is no longer wanted. Answers how to end the watch. */
function watchLimits(limits: ExtractionLimits & { idleBytes: number; signal: AbortSignal }, stop: (reason: Error) => void): () => void {
  const { timeoutMs, memoryMb, idleBytes, signal } = limits;
  const tooComplex = (detail: string): void => stop(new AppError('document.too_complex', { detail }));
  const timer = setTimeout(() => tooComplex(`longer than ${timeoutMs} ms`), timeoutMs);
  // The heap limit does not count buffers; unpacked streams of a PDF are buffers.
  const allowedBytes = Math.max(idleBytes + memoryMb * 1.25 * bytesPerMb, process.memoryUsage.rss() + minGrowthMb * bytesPerMb);
  const memoryWatch = setInterval(() => {
    const bytes = process.memoryUsage.rss();
    if (bytes > allowedBytes) tooComplex(`the process grew to ${Math.round(bytes / bytesPerMb)} MB`);
  }, memoryCheckMs);
  const onAbort = (): void => stop(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
  signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    clearTimeout(timer);
    clearInterval(memoryWatch);
    signal.removeEventListener('abort', onAbort);
  };
}

function translate(error: Error, { memoryMb }: ExtractionLimits): Error {
  const { code } = error as { code?: unknown };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new AppError('document.too_complex', { detail: `more than ${memoryMb} MB of heap`, cause: error });
  return error;
}
