import { brand } from '@repo/brand';
import type { MailOf } from '../mail.js';
import { greeting, oneLine, readableMoment, type MailContent } from '../mail-content.js';

export function passwordChanged(mail: MailOf<'password-changed'>, { appUrl }: { appUrl: string }): MailContent {
  const from = mail.ipAddress === undefined ? '' : ` from the network address ${oneLine(mail.ipAddress)}`;
  return {
    subject: `Your ${brand.name} password was changed`,
    preview: 'If this was you, there is nothing to do.',
    heading: 'Your password was changed',
    paragraphs: [greeting(mail.name), `The password for ${mail.to} was changed on ${readableMoment(mail.changedAt)}${from}.`],
    action: { label: `Open ${brand.name}`, url: appUrl },
    notes: [
      'If this was you, there is nothing to do.',
      `If it was not, choose a new password at once ("Forgot password" on the sign-in page) and write to ${brand.supportEmail}.`,
    ],
  };
}
