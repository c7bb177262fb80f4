import { createResendTransport, createSmtpTransport, type MailTransport } from '@repo/email';
import { invariant } from '@repo/errors';
import type { Environment } from '../env.js';

/** The way for mail to leave that the environment names. */
export function createMailTransport(env: Environment): MailTransport {
  const from = env.EMAIL_FROM;
  if (env.EMAIL_TRANSPORT === 'smtp') {
    invariant(env.SMTP_URL, 'the environment was checked');
    return createSmtpTransport({ url: env.SMTP_URL, from });
  }
  invariant(env.RESEND_API_KEY, 'the environment was checked');
  return createResendTransport({ apiKey: env.RESEND_API_KEY, from });
}
