import { brand } from '@repo/brand';
import type { MailOf } from '../mail.js';
import { greeting, type MailContent } from '../mail-content.js';

/** To the owner of an address with which somebody tried to sign up again. */
export function accountExists(mail: MailOf<'account-exists'>): MailContent {
  return {
    subject: `You already have a ${brand.name} account`,
    preview: 'Sign in with the password that you have, or choose a new one.',
    heading: 'You already have an account',
    paragraphs: [
      greeting(mail.name),
      `Somebody, hopefully you, signed up for ${brand.name} with ${mail.to}. This address has an account already.`,
    ],
    action: { label: 'Sign in', url: mail.signInUrl },
    notes: [`Forgot the password? Choose a new one: ${mail.resetUrl}`, 'If it was not you, ignore this mail: nothing was changed.'],
  };
}
