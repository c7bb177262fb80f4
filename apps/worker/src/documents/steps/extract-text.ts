import { stat } from 'node:fs/promises';
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

/**
 * Reads one file after the other, however many ask, so that the memory of one thread is about all that it ever takes.
 * Small texts have a second line of their own, with little memory: they never wait for a slow large file.
 */
export interface TextExtractor {
  /**
   * Reads a file in a thread of its own. Throws an AppError `document.…` for what is wrong with the file, among them
   * `document.too_complex` when it takes more than the limits; any other error means that the reader is broken.
   */
  extract(order: ExtractionOrder, run: ExtractionRun): Promise<ExtractedText>;
}

const bytesPerMb = 1024 * 1024;
/** Memory can grow by some 300 MB a second. */
const memoryCheckMs = 50;
/** What a file may take in any case, also when the process still holds memory of the one before. */
const minGrowthMb = 64;
const youngGenerationMb = 32;
/** A text up to this size is small. Other formats never are: a few bytes of them can unpack to very many. */
const smallTextBytes = 256 * 1024;
const smallTextMemoryMb = 96;

/** `thread` is the compiled thread.js. Nothing is loaded or started before the first file. */
export function createTextExtractor(limits: ExtractionLimits, thread = new URL('../extraction/thread.js', import.meta.url)): TextExtractor {
  const idleBytes = process.memoryUsage.rss();
  const [largeInTurn, smallInTurn] = [createTurns(), createTurns()];
  const smallLimits = { ...limits, memoryMb: Math.min(limits.memoryMb, smallTextMemoryMb) };
  // A small text is not ended for the memory that a large file takes beside it: the large one ends first.
  const smallIdleBytes = idleBytes + limits.memoryMb * 1.25 * bytesPerMb;
  return {
    async extract(order, run) {
      const small = await isSmallText(order);
      return (small ? smallInTurn : largeInTurn)(() => {
        run.signal.throwIfAborted();
        return runThread({ thread, order, run, ...(small ? { limits: smallLimits, idleBytes: smallIdleBytes } : { limits, idleBytes }) });
      });
    },
  };
}

/** Runs one action after the other. */
function createTurns(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const next = last.then(action);
    last = next.catch(() => {});
    return next;
  };
}

async function isSmallText({ path, contentType }: ExtractionOrder): Promise<boolean> {
  return contentType.startsWith('text/') && (await stat(path)).size <= smallTextBytes;
}

interface ThreadRun {
  thread: URL;
  order: ExtractionOrder;
  limits: ExtractionLimits;
  run: ExtractionRun;
  /** Memory of the process without this file, bytes. */
  idleBytes: number;
}

function runThread({ thread, order, limits, run, idleBytes }: ThreadRun): Promise<ExtractedText> {
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
    const stopWatching = watchLimits({ ...limits, idleBytes, signal: run.signal }, (reason) => settle(() => reject(reason)));
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
