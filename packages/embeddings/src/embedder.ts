/** Turns texts into vectors of length one, so that similar texts lie close together. */
export interface Embedder {
  /** Names the kind of vector; only vectors of one model may be compared. */
  readonly model: string;
  readonly dimensions: typeof embeddingDimensions;
  /** One vector per text, in order. Throws `embeddings.unavailable`; stops early when `signal` aborts. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** Every provider is asked for vectors of this length, so that one column holds them all. */
export const embeddingDimensions = 1024;
