import type { Embedder } from '@repo/embeddings';
import type { Logger } from '@repo/logging';

/**
 * The vector of a query, or null when the embedder fails or needs more than `timeoutMs`: the search then runs on
 * text alone and says so. Never throws.
 */
export async function embedQuery(
  { embedder, logger }: { embedder: Embedder; logger: Pick<Logger, 'warn'> },
  query: string,
  timeoutMs: number,
): Promise<Float32Array | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    const [vector] = await Promise.race([embedder.embed([query], signal), late]);
    return vector ?? null;
  } catch (error) {
    logger.warn('the query could not be embedded; searching by text alone', { error, model: embedder.model });
    return null;
  }
}
