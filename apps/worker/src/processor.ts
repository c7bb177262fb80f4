import type { QueueDefinition } from '@repo/queue/definition';
import type { GiveUpHook, Handler } from '@repo/queue/consumer';

/** A queue's definition with what is done about its jobs. */
export interface Processor<Payload> {
  definition: QueueDefinition<string, Payload>;
  handler: Handler<Payload>;
  /** Puts right what the job had begun when it is given up. */
  onGiveUp?: GiveUpHook;
  /** Instead of the definition's. */
  concurrency?: number;
}

/** The same without the type of its payload, so that processors of all queues stand in one list. */
export type AnyProcessor = Processor<unknown>;

/** Ties a handler to its queue. The consumer checks each payload against the definition before the handler sees it. */
export function defineProcessor<Payload>(processor: Processor<Payload>): AnyProcessor {
  return processor as AnyProcessor;
}
