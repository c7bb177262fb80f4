import { AppError } from '@repo/errors';
import { mailSchema, type MailInput } from './mail.js';
import { writeContent } from './write-content.js';
import { writeText } from './write-text.js';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/**
 * Subject, HTML and plain text of a mail. `appUrl` is the address of the web app, without a slash at the end.
 * React is loaded with the first mail, so that an idle worker does not carry it. Throws `email.rejected` for
 * a mail that does not fit the schema.
 */
export async function renderMail(input: MailInput, { appUrl }: { appUrl: string }): Promise<RenderedMail> {
  const parsed = mailSchema.safeParse(input);
  if (!parsed.success) throw new AppError('email.rejected', { detail: 'not a mail', cause: parsed.error });
  const mail = parsed.data;
  const content = writeContent(mail, { appUrl });
  const { renderHtml } = await import('./render-html.js');
  return { subject: content.subject, html: renderHtml(content, appUrl), text: writeText(content, { appUrl }) };
}
