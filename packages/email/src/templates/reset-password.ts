import { brand } from '@repo/brand';
import type { MailOf } from '../mail.js';
import { greeting, type MailContent } from '../mail-content.js';

export function resetPassword(mail: MailOf<'reset-password'>): MailContent {
  const minutes = mail.expiresInMinutes === 1 ? 'one minute' : `${mail.expiresInMinutes} minutes`;
  return {
    subject: `Choose a new password for ${brand.name}`,
    preview: `The link works once, for ${minutes}.`,
    heading: 'Choose a new password',
    paragraphs: [greeting(mail.name), `Somebody, hopefully you, asked for a new password for ${mail.to}.`],
    action: { label: 'Choose a new password', url: mail.url },
    notes: [`The link works once, for ${minutes}.`, 'If it was not you, ignore this mail: your password stays as it is.'],
  };
}
