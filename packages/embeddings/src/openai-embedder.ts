import { AppError } from '@repo/errors';
import { embeddingDimensions, type Embedder } from './embedder.js';
import { postEmbeddings } from './post-embeddings.js';

export interface OpenAiEmbedderOptions {
  apiKey: string;
  /** Up to and including the version. Default: https://api.openai.com/v1 */
  baseUrl?: string;
  /** A model that takes the `dimensions` parameter. Default: text-embedding-3-small */
  model?: string;
  /** Per request. Default: 30 000 */
  timeoutMs?: number;
  /** The longest pause between two tries; a provider that asks for more is given up on. Default: 5 000 */
  maxPauseMs?: number;
}

const textsPerRequest = 96;
/** The models read 8,191 tokens; a character is at most about one token in the densest scripts. */
const maxCharactersPerText = 8000;

/**
 * Vectors from OpenAI or a server that speaks its protocol. Retries twice on 429, 5xx and broken connections;
 * then throws `embeddings.unavailable`, with `retryAfterSeconds` when the provider named one.
 */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const model = options.model ?? 'text-embedding-3-small';
  const endpoint = `${(options.baseUrl ?? 'https://api.openai.com/v1').replace(/\/+$/, '')}/embeddings`;
  const request = { endpoint, apiKey: options.apiKey, timeoutMs: options.timeoutMs ?? 30_000, maxPauseMs: options.maxPauseMs ?? 5_000 };

  async function embedBatch(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    // The provider refuses an empty string.
    const input = texts.map((text) => text.slice(0, maxCharactersPerText).trim() || '-');
    const body = { model, input, dimensions: embeddingDimensions, encoding_format: 'float' };
    return readVectors(await postEmbeddings(request, body, signal), texts.length);
  }

  return {
    model: `openai:${model}`,
    dimensions: embeddingDimensions,
    async embed(texts, signal) {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += textsPerRequest) {
        signal?.throwIfAborted();
        vectors.push(...(await embedBatch(texts.slice(start, start + textsPerRequest), signal)));
      }
      return vectors;
    },
  };
}

function readVectors(answer: unknown, expected: number): Float32Array[] {
  const data = isRecord(answer) ? answer['data'] : undefined;
  const vectors = Array.from<Float32Array | undefined>({ length: expected });
  for (const item of Array.isArray(data) ? (data as unknown[]) : []) {
    if (!isRecord(item)) continue;
    const { index, embedding } = item;
    if (typeof index === 'number' && isVector(embedding)) vectors[index] = Float32Array.from(embedding);
  }
  return vectors.slice(0, expected).map((vector) => {
    if (vector === undefined) throw new AppError('embeddings.unavailable', { detail: 'the answer does not hold one vector per text' });
    return vector;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === embeddingDimensions && value.every((part) => Number.isFinite(part));
}
