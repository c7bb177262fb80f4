import { AppError } from '@repo/errors';
import type { IngestionDependencies } from '../ingestion-dependencies.js';
import type { IndexingRun } from './index-chunks.js';
import type { ChunkDraft } from './split-into-chunks.js';

export interface ChunkVectors {
  model: string;
  vectors: Float32Array[];
}

/** Providers take a bounded number of texts at a time. */
const chunksPerCall = 64;

/**
 * One vector per passage, of its headings and text. Undefined when the provider does not answer and vectors are not
 * required; then the passages are found by full text alone. Throws `embeddings.unavailable` when they are.
 */
export async function embedChunks(
  { embedder, logger }: Pick<IngestionDependencies, 'embedder' | 'logger'>,
  drafts: readonly ChunkDraft[],
  { signal, vectorsRequired, onProgress }: Pick<IndexingRun, 'signal' | 'vectorsRequired' | 'onProgress'>,
): Promise<ChunkVectors | undefined> {
  const vectors: Float32Array[] = [];
  try {
    for (let from = 0; from < drafts.length; from += chunksPerCall) {
      const texts = drafts.slice(from, from + chunksPerCall).map(({ headingPath, body }) => [...headingPath, body].join('\n'));
      vectors.push(...(await embedder.embed(texts, signal)));
      onProgress(vectors.length / drafts.length);
    }
    return { model: embedder.model, vectors };
  } catch (error) {
    if (vectorsRequired || !(error instanceof AppError)) throw error;
    logger.warn('the passages are kept without vectors', { code: error.code, model: embedder.model, error });
    return undefined;
  }
}
