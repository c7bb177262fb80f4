import { brand } from '@repo/brand';
import type { MailContent } from './mail-content.js';

/** The plain-text alternative: the same words, the address of the action on a line of its own. */
export function writeText(content: MailContent, { appUrl }: { appUrl: string }): string {
  const action = content.action === undefined ? [] : [`${content.action.label}:\n${content.action.url}`];
  const footer = `-- \n${brand.name} · ${brand.tagline}\n${appUrl}\n${brand.legalName} · ${brand.supportEmail}`;
  return `${[content.heading, ...content.paragraphs, ...action, ...content.notes, footer].join('\n\n')}\n`;
}
