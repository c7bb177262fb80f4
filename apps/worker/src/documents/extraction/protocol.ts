import type { ErrorCode } from '@repo/errors';
import type { ExtractedText } from './text-builder.js';

/** What the extraction thread is sent, one file at a time. */
export interface ExtractionOrder {
  path: string;
  contentType: string;
}

/** What it sends for a file: any number of `progress`, then at most one of the others. */
export type ExtractionReport =
  | { kind: 'progress'; fraction: number }
  | { kind: 'done'; extracted: ExtractedText }
  | { kind: 'refused'; code: ErrorCode; detail: string };
