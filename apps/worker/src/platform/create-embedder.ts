import { createHashingEmbedder, createOpenAiEmbedder, type Embedder } from '@repo/embeddings';
import { invariant } from '@repo/errors';
import type { Environment } from '../env.js';

/** The way from text to vectors that the environment names. */
export function createEmbedder(env: Environment): Embedder {
  if (env.EMBEDDINGS_PROVIDER === 'hashing') return createHashingEmbedder();
  invariant(env.OPENAI_API_KEY, 'the environment was checked');
  return createOpenAiEmbedder({ apiKey: env.OPENAI_API_KEY, ...(env.OPENAI_BASE_URL !== undefined && { baseUrl: env.OPENAI_BASE_URL }) });
}
