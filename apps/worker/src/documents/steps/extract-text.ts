import { Worker } from 'node:worker_threads';
import { AppError } from '@repo/errors';
import type { ExtractionOrder, ExtractionReport } from '../extraction/protocol.js';
import type { ExtractedText } from '../extraction/text-builder.js';

export interface ExtractionLimits {
  /** Heap of the thread. The process may grow by this and a half more while it reads; buffers lie outside of the heap. */
  memoryMb: number;
  timeoutMs: number;
}

export interface ExtractionRun {
  signal: AbortSignal;
  onProgress(fraction: number): void;
}

/** Reads one file after the other, however many ask, so that the memory of one thread is all that it ever takes. */
export interface TextExtractor {
  /**
   * Reads a file in a thread of its own. Throws an AppError `document.…` for what is wrong with the file, among them
   * `document.too_complex` when it takes more than the limits; any other error means that the reader is broken.
   */
  extract(order: ExtractionOrder, run: ExtractionRun): Promise<ExtractedText>;
}

const bytesPerMb = 1024 * 1024;
const memoryCheckMs = 100;
const youngGenerationMb = 32;

/** `thread` is the compiled thread.js. Nothing is loaded or started before the first file. */
export function createTextExtractor(limits: ExtractionLimits, thread = new URL('../extraction/thread.js', import.meta.url)): TextExtractor {
  let last: Promise<unknown> = Promise.resolve();
  return {
    extract(order, run) {
      const next = last.then(() => {
        run.signal.throwIfAborted();
        return runThread({ thread, order, limits, run });
      });
      last = next.catch(() => {});
      return next;
    },
  };
}

interface ThreadRun {
  thread: URL;
  order: ExtractionOrder;
  limits: ExtractionLimits;
  run: ExtractionRun;
}

function runThread({ thread, order, limits, run }: ThreadRun): Promise<ExtractedText> {
  const worker = new Worker(thread, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: youngGenerationMb },
    env: {},
    // What libraries print about a file belongs into no log.
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve, reject) => {
    let settled = false;
    const stopWatching = watchLimits(limits, run.signal, (reason) => settle(() => reject(reason)));
    const settle = (outcome: () => void): void => {
      if (settled) return;
      settled = true;
      stopWatching();
      // Only when the thread is gone is its memory free for the next file.
      void worker.terminate().finally(outcome);
    };
    worker.on('message', (report: ExtractionReport) => {
      if (report.kind === 'progress') run.onProgress(report.fraction);
      else if (report.kind === 'done') settle(() => resolve(report.extracted));
      else settle(() => reject(new AppError(report.code, { detail: report.detail })));
    });
    worker.on('error', (error) => settle(() => reject(translate(error, limits))));
    worker.on('exit', (code) => settle(() => reject(new Error(`the extraction thread ended by itself with code ${code}`))));
  });
}

/** Calls `stop` once when time or memory is used up, or the job is no longer wanted. Answers how to end the watch. */
function watchLimits({ timeoutMs, memoryMb }: ExtractionLimits, signal: AbortSignal, stop: (reason: Error) => void): () => void {
  const tooComplex = (detail: string): void => stop(new AppError('document.too_complex', { detail }));
  const timer = setTimeout(() => tooComplex(`longer than ${timeoutMs} ms`), timeoutMs);
  // The heap limit does not count buffers; unpacked streams of a PDF are buffers.
  const before = process.memoryUsage.rss();
  const allowedBytes = memoryMb * 1.5 * bytesPerMb;
  const memoryWatch = setInterval(() => {
    const grownBytes = process.memoryUsage.rss() - before;
    if (grownBytes > allowedBytes) tooComplex(`the process grew by ${Math.round(grownBytes / bytesPerMb)} MB`);
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
