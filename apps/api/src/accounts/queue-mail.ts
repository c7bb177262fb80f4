import type { Database } from '@repo/database/client';
import { addToOutbox } from '@repo/database/outbox';
import { currentContext } from '@repo/logging';
import type { MailInput } from '@repo/email';
import { email } from '@repo/queue/definitions/email';

export type QueueMail = (mail: MailInput, options?: { organizationId?: string }) => Promise<void>;

/** Mails leave through the outbox: they are rows before they are mails, so none is lost and none delays an answer. */
export function createQueueMail(database: Database): QueueMail {
  return async (mail, { organizationId } = {}) => {
    await addToOutbox(database.pool, {
      queue: email.name,
      payload: email.payload.parse(mail),
      ...(organizationId !== undefined && { organizationId }),
      ...(currentContext().requestId !== undefined && { requestId: currentContext().requestId }),
    });
  };
}
