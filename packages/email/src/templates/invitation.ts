import { brand } from '@repo/brand';
import type { MailOf } from '../mail.js';
import { oneLine, readableMoment, type MailContent } from '../mail-content.js';

export function invitation(mail: MailOf<'invitation'>): MailContent {
  const inviter = oneLine(mail.inviterName) || 'A colleague';
  const organization = oneLine(mail.organizationName) || 'an organization';
  const until = mail.expiresAt === undefined ? [] : [`The invitation is open until ${readableMoment(mail.expiresAt)}.`];
  return {
    subject: `${inviter} invites you to ${organization} on ${brand.name}`,
    preview: `Join ${organization} and search what the team wrote down.`,
    heading: `Join ${organization}`,
    paragraphs: [`${inviter} invites you to work together in ${organization}.`, `${brand.name}. ${brand.description}`],
    action: { label: 'Accept the invitation', url: mail.url },
    notes: [...until, `It was sent to ${mail.to}. If you do not know ${inviter}, ignore this mail.`],
  };
}
