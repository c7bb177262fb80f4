import type { Capabilities } from '@repo/database/capabilities';
import type { Database } from '@repo/database/client';
import type { Embedder } from '@repo/embeddings';
import type { Logger } from '@repo/logging';
import type { RealtimePublisher } from '@repo/realtime/publisher';
import type { Storage } from '@repo/storage';
import type { TextExtractor } from './steps/extract-text.js';

/** What reading and indexing a document needs. */
export interface IngestionDependencies {
  database: Database;
  capabilities: Capabilities;
  storage: Storage;
  extractor: TextExtractor;
  embedder: Embedder;
  realtime: RealtimePublisher;
  logger: Logger;
}
