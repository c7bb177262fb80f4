import { AppError } from '@repo/errors';
import type { QueueDefinition } from './definition.js';
import { documentCleanup } from './definitions/document-cleanup.js';
import { documentIngestion } from './definitions/document-ingestion.js';
import { email } from './definitions/email.js';
import { housekeeping } from './definitions/housekeeping.js';

/** Every queue there is. A new queue is one file in `definitions/`, one line here and its processor in the worker. */
export const queueDefinitions = [documentIngestion, documentCleanup, email, housekeeping] as const;

export type QueueName = (typeof queueDefinitions)[number]['name'];

/**
 * Proves at boot that every queue is consumed exactly once. Throws `service.bug` with one sentence that names all
 * queues without a processor, with two, and processors without a definition.
 */
export function assertEveryQueueHasProcessor(
  definitions: readonly Pick<QueueDefinition, 'name'>[],
  processors: readonly { definition: Pick<QueueDefinition, 'name'> }[],
): void {
  const defined = definitions.map(({ name }) => name);
  const processed = processors.map(({ definition }) => definition.name);
  const faults = [
    ...duplicates(defined).map((name) => `queue "${name}" is defined twice`),
    ...defined.filter((name) => !processed.includes(name)).map((name) => `queue "${name}" has no processor`),
    ...duplicates(processed).map((name) => `queue "${name}" has two processors`),
    ...processed.filter((name) => !defined.includes(name)).map((name) => `the processor of "${name}" has no definition in the registry`),
  ];
  if (faults.length > 0) throw new AppError('service.bug', { detail: `Queues and processors do not match: ${faults.join('; ')}.` });
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
