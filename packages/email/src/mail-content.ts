/** What a mail says, before it is laid out; HTML and plain text are both made of this, so they never differ. */
export interface MailContent {
  subject: string;
  /** The line that inboxes show beside the subject. */
  preview: string;
  heading: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  /** Below the action, quieter: how long it lasts, what to do when it was not you. */
  notes: string[];
}

/** Text that others wrote, as one line: no control characters, no line breaks, no reversal of reading direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u202A-\u202E\u2066-\u2069\p{Cs}]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** A greeting with the name when there is one. */
export function greeting(name: string | undefined): string {
  const clean = oneLine(name ?? '');
  return clean === '' ? 'Hello,' : `Hello ${clean},`;
}

/** A moment as people in any country read it, in UTC. */
export function readableMoment(iso: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(iso))} UTC`;
}
