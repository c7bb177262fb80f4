import { brand } from '@repo/brand';
import type { MailOf } from '../mail.js';
import { greeting, type MailContent } from '../mail-content.js';

export function changeEmail(mail: MailOf<'change-email'>): MailContent {
  return {
    subject: `Confirm your new address for ${brand.name}`,
    preview: `Your account moves to ${mail.newEmail} when you confirm.`,
    heading: 'Confirm your new address',
    paragraphs: [
      greeting(mail.name),
      `From now on you want to sign in to ${brand.name} as ${mail.newEmail}. Confirm it, and we change it.`,
    ],
    action: { label: 'Confirm the change', url: mail.url },
    notes: [`If you did not ask for this, do not click, and write to ${brand.supportEmail}: somebody may be in your account.`],
  };
}
