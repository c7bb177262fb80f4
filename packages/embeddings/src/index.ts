export { createEmbedder } from './create-embedder.js';
export { embeddingDimensions, type Embedder } from './embedder.js';
export { createHashingEmbedder } from './hashing-embedder.js';
export { createOpenAiEmbedder, type OpenAiEmbedderOptions } from './openai-embedder.js';
