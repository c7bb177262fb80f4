import type { embeddingsEnv, EnvValues } from '@repo/config';
import { invariant } from '@repo/errors';
import type { Embedder } from './embedder.js';
import { createHashingEmbedder } from './hashing-embedder.js';
import { createOpenAiEmbedder } from './openai-embedder.js';

/** The way from text to vectors that the checked environment names. */
export function createEmbedder(settings: EnvValues<readonly [typeof embeddingsEnv]>): Embedder {
  if (settings.EMBEDDINGS_PROVIDER === 'hashing') return createHashingEmbedder();
  invariant(settings.OPENAI_API_KEY, 'the environment was checked');
  return createOpenAiEmbedder({
    apiKey: settings.OPENAI_API_KEY,
    ...(settings.OPENAI_BASE_URL !== undefined && { baseUrl: settings.OPENAI_BASE_URL }),
  });
}
