import type { Logger } from '@repo/logging';

/** Lexeme → the fraction of passages that hold it. */
export type LexemeFrequencies = Map<string, number>;

export interface LexemeFrequencyCacheOptions {
  read(): Promise<LexemeFrequencies>;
  logger: Pick<Logger, 'warn'>;
  /** Age after which the frequencies are read anew, ms. */
  refreshMs: number;
  now?: () => number;
}

/**
 * Keeps the frequencies of common words, which weigh the words of a query. They change slowly: an old copy is
 * served while a new one is read, and a failed read leaves the old one in place until the next search.
 */
export function createLexemeFrequencyCache(options: LexemeFrequencyCacheOptions): () => Promise<LexemeFrequencies> {
  const now = options.now ?? Date.now;
  let current: LexemeFrequencies | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<LexemeFrequencies> | null = null;

  async function refresh(): Promise<LexemeFrequencies> {
    try {
      current = await options.read();
      readAt = now();
    } catch (error) {
      options.logger.warn('word frequencies could not be read; searching with the last known', { error });
    } finally {
      reading = null;
    }
    return current ?? new Map();
  }

  return async () => {
    if (now() - readAt >= options.refreshMs) reading ??= refresh();
    return current ?? (await reading) ?? new Map();
  };
}
