import type { Database } from '@repo/database/client';
import type { Capabilities } from '@repo/database/capabilities';
import type { Embedder } from '@repo/embeddings';
import type { MailTransport } from '@repo/email';
import type { Logger } from '@repo/logging';
import type { RealtimePublisher } from '@repo/realtime/publisher';
import type { DiskStorage, Storage } from '@repo/storage';
import { documentCleanupProcessor } from './documents/document-cleanup.processor.js';
import { documentIngestionProcessor } from './documents/document-ingestion.processor.js';
import type { TextExtractor } from './documents/steps/extract-text.js';
import { emailProcessor } from './email/email.processor.js';
import type { Environment } from './env.js';
import { housekeepingProcessor } from './housekeeping/housekeeping.processor.js';
import type { AnyProcessor } from './processor.js';

/** What processors are made of. */
export interface ProcessorDependencies {
  env: Pick<Environment, 'APP_URL' | 'WORKER_CONCURRENCY'>;
  logger: Logger;
  database: Database;
  capabilities: Capabilities;
  storage: Storage;
  /** The same as `storage` when it is on disk, else null. */
  diskStorage: DiskStorage | null;
  transport: MailTransport;
  embedder: Embedder;
  extractor: TextExtractor;
  realtime: RealtimePublisher;
}

/** One processor for each queue of the registry; boot fails when one is missing. */
export function createProcessors(dependencies: ProcessorDependencies): AnyProcessor[] {
  const { env, diskStorage } = dependencies;
  return [
    documentIngestionProcessor(dependencies, env.WORKER_CONCURRENCY),
    documentCleanupProcessor(dependencies),
    emailProcessor({ ...dependencies, appUrl: env.APP_URL }),
    housekeepingProcessor({ ...dependencies, ...(diskStorage && { removeOrphanedFiles: () => diskStorage.removeOrphans() }) }),
  ];
}
