import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { AppError } from '@repo/errors';
import { extractFile } from './extract-file.js';
import type { ExtractionOrder, ExtractionReport } from './protocol.js';

// Runs in a thread of its own, one file after the other. What it cannot report (no memory, no end) the other side sees.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread, not a window
const report = (message: ExtractionReport): void => parentPort?.postMessage(message);

async function answer({ path, contentType }: ExtractionOrder): Promise<void> {
  try {
    const bytes = await readFile(path);
    const extracted = await extractFile(bytes, contentType, (fraction) => report({ kind: 'progress', fraction }));
    report({ kind: 'done', extracted });
  } catch (error) {
    if (error instanceof AppError) report({ kind: 'refused', code: error.code, detail: error.message });
    // Deep nesting that overflows the stack, and strings beyond the longest there can be.
    else if (error instanceof RangeError) report({ kind: 'refused', code: 'document.too_complex', detail: error.message });
    else throw error;
  }
}

// What is thrown here ends the thread, and the other side is told.
parentPort?.on('message', (order: ExtractionOrder) => void answer(order));
