import { documentCleanup } from '@repo/queue/definitions/document-cleanup';
import type { Storage } from '@repo/storage';
import { defineProcessor, type AnyProcessor } from '../processor.js';

/** Removes the files of deleted documents. Removing twice is the same as once, so nothing has to be remembered. */
export function documentCleanupProcessor({ storage }: { storage: Storage }): AnyProcessor {
  return defineProcessor({ definition: documentCleanup, handler: ({ storageKey }) => storage.delete(storageKey) });
}
