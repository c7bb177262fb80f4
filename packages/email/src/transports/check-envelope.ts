import { AppError } from '@repo/errors';
import type { OutgoingMail } from './transport.js';

/** Refuses what could add a header or a second recipient. Throws `email.rejected`. */
export function checkEnvelope({ to, subject }: OutgoingMail): void {
  if (/[\p{Cc},;<>\s]/u.test(to) || !/^[^@]+@[^@]+$/.test(to)) {
    throw new AppError('email.rejected', { detail: 'the recipient is not one plain address' });
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) throw new AppError('email.rejected', { detail: 'the subject holds control characters' });
}
