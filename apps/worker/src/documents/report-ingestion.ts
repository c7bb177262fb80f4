import type { DocumentStage } from '@repo/contracts/documents';
import { reportProgress } from '@repo/database/repositories/document-processing';
import type { DocumentIngestion } from '@repo/queue/definitions/document-ingestion';
import { announceDocument } from './announce-document.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';

export interface IngestionProgress {
  /** Notes where the processing stands, as a fraction of the whole. Never waits and never fails. */
  reached(stage: DocumentStage, progress: number): void;
  /** Reports nothing more; resolves when the report under way has ended. */
  stop(): Promise<void>;
}

/** At most one report in this time, milliseconds: a person sees no more, and each is a write and a broadcast. */
const everyMs = 400;

/** Shows the progress of one processing to everyone of the organization. The latest place counts; those between may be left out. */
export function reportIngestion(
  dependencies: Pick<IngestionDependencies, 'database' | 'realtime' | 'logger'>,
  event: DocumentIngestion,
): IngestionProgress {
  let latest: { stage: DocumentStage; progress: number } | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  let startedAt = 0;

  const report = async (): Promise<void> => {
    const place = latest;
    latest = undefined;
    if (!place) return;
    startedAt = performance.now();
    try {
      if (await reportProgress(dependencies.database.prisma, { ...event, ...place })) await announceDocument(dependencies, event);
    } catch (error) {
      dependencies.logger.debug('progress could not be reported', { error });
    }
  };
  return {
    reached(stage, progress) {
      if (stopped) return;
      latest = { stage, progress };
      if (running || performance.now() - startedAt < everyMs) return;
      running = report().finally(() => {
        running = undefined;
      });
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
