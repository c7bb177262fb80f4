import { createHash } from 'node:crypto';
import { AppError } from '@repo/errors';
import type { Transporter } from 'nodemailer';
import { checkEnvelope } from './check-envelope.js';
import type { MailTransport } from './transport.js';

export interface SmtpTransportOptions {
  /** smtp://user:password@host:port, or smtps:// for TLS from the first byte. */
  url: string;
  /** `Name <address>` or an address. */
  from: string;
  /** For the connection, the greeting and silence each. Default: 15 000 */
  timeoutMs?: number;
}

/** Sends over SMTP, at most two connections at a time. nodemailer is loaded with the first mail. */
export function createSmtpTransport({ url, from, timeoutMs = 15_000 }: SmtpTransportOptions): MailTransport {
  let opened: Promise<Transporter> | undefined;
  const open = (): Promise<Transporter> =>
    (opened ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        url,
        pool: true,
        maxConnections: 2,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        // Content comes from templates only; nothing is ever read from files or the network for it.
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    ));
  return {
    async send(mail) {
      checkEnvelope(mail);
      const transporter = await open();
      const { to, subject, html, text, idempotencyKey } = mail;
      try {
        // SMTP knows no idempotency; the same Message-ID lets mail programs fold a repeated mail into one.
        await transporter.sendMail({ from, to, subject, html, text, messageId: messageId(idempotencyKey, from) });
      } catch (thrown) {
        throw toMailError(thrown);
      }
    },
    async close() {
      (await opened)?.close();
    },
  };
}

function messageId(idempotencyKey: string, from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`;
}

/** 5xx is the server's final word on this mail; all else (4xx, no connection, time out) may pass. */
function toMailError(thrown: unknown): AppError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const aboutTheMail = 'code' in error && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE');
  const final = aboutTheMail && status >= 500;
  return new AppError(final ? 'email.rejected' : 'email.unavailable', { detail: error.message, cause: thrown });
}
