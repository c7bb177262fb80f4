import { stat } from 'node:fs/promises';
import type { ExtractionOrder } from '../extraction/protocol.js';
import type { ExtractedText } from '../extraction/text-builder.js';
import { startExtractionThread, type ExtractionLimits, type ExtractionRun, type ExtractionThread } from './extraction-thread.js';

/**
 * Reads one file after the other, however many ask, so that the memory of one thread is about all that it ever takes.
 * Small texts have a second line of their own, with little memory: they never wait for a slow large file. Their thread
 * stays for the next text, because starting one takes far longer than reading; any other file gets a new thread.
 */
export interface TextExtractor {
  /**
   * Reads a file outside of this thread. Throws an AppError `document.…` for what is wrong with the file, among them
   * `document.too_complex` when it takes more than the limits; any other error means that the reader is broken.
   */
  extract(order: ExtractionOrder, run: ExtractionRun): Promise<ExtractedText>;
}

const bytesPerMb = 1024 * 1024;
/** A text up to this size is small. Other formats never are: a few bytes of them can unpack to very many. */
const smallTextBytes = 256 * 1024;
const smallTextMemoryMb = 96;
/** How long the thread for small texts waits for the next one. It holds some 20 MB meanwhile. */
const keepThreadMs = 5_000;

/** `thread` is the compiled thread.js. Nothing is loaded or started before the first file. */
export function createTextExtractor(limits: ExtractionLimits, thread = new URL('../extraction/thread.js', import.meta.url)): TextExtractor {
  const idleBytes = process.memoryUsage.rss();
  const [largeInTurn, smallInTurn] = [createTurns(), createTurns()];
  const smallLimits = { ...limits, memoryMb: Math.min(limits.memoryMb, smallTextMemoryMb) };
  // A small text is not ended for the memory that a large file takes beside it: the large one ends first.
  const smallIdleBytes = idleBytes + limits.memoryMb * 1.25 * bytesPerMb;
  const readSmall = readInKeptThread(() => startExtractionThread({ thread, limits: smallLimits, idleBytes: smallIdleBytes }));
  return {
    async extract(order, run) {
      const small = await isSmallText(order);
      return (small ? smallInTurn : largeInTurn)(async () => {
        run.signal.throwIfAborted();
        if (small) return readSmall(order, run);
        const fresh = startExtractionThread({ thread, limits, idleBytes });
        try {
          return await fresh.read(order, run);
        } finally {
          // Only when the thread is gone is its memory free for the next file.
          await fresh.end();
        }
      });
    },
  };
}

/** Reads with one thread until it fails at a file or has nothing to do. Not to be called while it reads. */
function readInKeptThread(start: () => ExtractionThread): ExtractionThread['read'] {
  let kept: ExtractionThread | undefined;
  let timer: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    const ending = kept;
    kept = undefined;
    await ending?.end();
  };
  return async (order, run) => {
    clearTimeout(timer);
    kept ??= start();
    try {
      const extracted = await kept.read(order, run);
      timer = setTimeout(() => void end(), keepThreadMs).unref();
      return extracted;
    } catch (error) {
      await end();
      throw error;
    }
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
