import { brand } from '@repo/brand';
import type { MailOf } from '../mail.js';
import { greeting, type MailContent } from '../mail-content.js';

export function verifyEmail(mail: MailOf<'verify-email'>): MailContent {
  return {
    subject: `Confirm your address for ${brand.name}`,
    preview: 'One click, and your account is ready.',
    heading: 'Confirm your address',
    paragraphs: [greeting(mail.name), `Confirm that ${mail.to} is yours, and your ${brand.name} account is ready.`],
    action: { label: 'Confirm address', url: mail.url },
    notes: [`If you did not sign up for ${brand.name}, ignore this mail: nothing happens without the click.`],
  };
}
