import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewChunk } from '@repo/database/repositories/chunks';
import { detectLanguage, indexTokens } from '@repo/text-search';
import type { IngestionDependencies } from '../ingestion-dependencies.js';
import { embedChunks, type ChunkVectors } from './embed-chunks.js';
import type { ChunkDraft } from './split-into-chunks.js';

export interface IndexedChunks {
  chunks: NewChunk[];
  embeddings?: ChunkVectors;
}

export interface IndexingRun {
  title: string;
  signal: AbortSignal;
  /** Whether a provider that does not answer is an error, or leaves the passages to full text alone. */
  vectorsRequired: boolean;
  onProgress(fraction: number): void;
}

/** Tokens of so many passages between two looks at everything else that the process has to do. */
const chunksPerTurn = 20;
const shareOfTokens = 0.4;

/** Gives each passage its language and tokens and, where vectors are searched, its vector. */
export async function indexChunks(
  dependencies: Pick<IngestionDependencies, 'embedder' | 'capabilities' | 'logger'>,
  drafts: readonly ChunkDraft[],
  run: IndexingRun,
): Promise<IndexedChunks> {
  const share = dependencies.capabilities.vector ? shareOfTokens : 1;
  const chunks: NewChunk[] = [];
  for (const draft of drafts) {
    const language = detectLanguage(draft.body);
    const tokens = indexTokens({ title: run.title, headings: draft.headingPath, body: draft.body, language });
    chunks.push({ ...draft, language, tokens });
    if (chunks.length % chunksPerTurn !== 0) continue;
    await nextTurn();
    run.signal.throwIfAborted();
    run.onProgress((share * chunks.length) / drafts.length);
  }
  if (!dependencies.capabilities.vector) return { chunks };
  const embeddings = await embedChunks(dependencies, drafts, {
    ...run,
    onProgress: (fraction) => run.onProgress(share + fraction * (1 - share)),
  });
  return embeddings ? { chunks, embeddings } : { chunks };
}
