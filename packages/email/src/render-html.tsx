import { renderToStaticMarkup } from 'react-dom/server';
import type { MailContent } from './mail-content.js';
import { MailLayout } from './mail-layout.js';

// Outlook lays out strict pages best under this doctype.
const doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** The HTML of a mail. Everything that others wrote is escaped by React. */
export function renderHtml(content: MailContent, appUrl: string): string {
  return `${doctype}${renderToStaticMarkup(<MailLayout content={content} appUrl={appUrl} />)}`;
}
