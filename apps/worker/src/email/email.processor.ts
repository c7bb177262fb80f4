import type { Database } from '@repo/database/client';
import { hadEffect, markEffect } from '@repo/database/outbox';
import type { MailTransport } from '@repo/email';
import { email } from '@repo/queue/definitions/email';
import { defineProcessor, type AnyProcessor } from '../processor.js';

interface EmailDependencies {
  database: Database;
  transport: MailTransport;
  appUrl: string;
}

/**
 * Sends mail. The mark after sending spares a second mail in all but one case: when the process dies between the two,
 * providers that know idempotency keys drop it.
 */
export function emailProcessor({ database, transport, appUrl }: EmailDependencies): AnyProcessor {
  return defineProcessor({
    definition: email,
    async handler(mail, { eventId }) {
      const effect = { consumer: email.name, eventId };
      if (await hadEffect(database, effect)) return;
      // The templates and their renderer are loaded with the first mail.
      const { renderMail } = await import('@repo/email');
      const rendered = await renderMail(mail, { appUrl });
      await transport.send({ ...rendered, to: mail.to, idempotencyKey: eventId });
      await markEffect(database.pool, effect);
    },
  });
}
