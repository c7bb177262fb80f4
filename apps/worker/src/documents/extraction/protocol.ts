import type { ErrorCode } from '@repo/errors';
import type { ExtractedText } from './text-builder.js';

/** What the extraction thread is started with. */
export interface ExtractionOrder {
  path: string;
  contentType: string;
}

/** What it sends: any number of `progress`, then at most one of the others. */
export type ExtractionReport =
  | { kind: 'progress'; fraction: number }
  | { kind: 'done'; extracted: ExtractedText }
  | { kind: 'refused'; code: ErrorCode; detail: string };
