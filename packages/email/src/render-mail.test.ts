import { execFileSync } from 'node:child_process';
import { brand } from '@repo/brand';
import { describe, expect, it } from 'vitest';
import type { MailInput } from './mail.js';
import { appUrl, mails } from './mails.fixture.js';
import { renderMail } from './render-mail.js';

const all = Object.values(mails);
function urlOf(mail: MailInput): string {
  if ('url' in mail) return mail.url;
  return 'signInUrl' in mail ? mail.signInUrl : appUrl;
}

const asAttribute = (url: string): string => url.replaceAll('&', '&amp;');

describe('every mail', () => {
  it.each(all)('$template names the product and leads to its address, in HTML and in text', async (mail) => {
    const { subject, html, text } = await renderMail(mail, { appUrl });
    expect(subject).toContain(brand.name);
    expect(html).toContain(`href="${asAttribute(urlOf(mail))}"`);
    expect(text).toContain(`\n${urlOf(mail)}\n`);
    for (const part of [html, text]) expect(part).toContain(brand.supportEmail);
  });

  it.each(all)('$template is a whole page for both themes that loads nothing from elsewhere', async (mail) => {
    const { html } = await renderMail(mail, { appUrl });
    expect(html).toMatch(/^<!DOCTYPE html/);
    expect(html).toContain('lang="en"');
    expect(html).toContain('content="light dark"');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/<(img|script|link|iframe)\b|@import|url\(/);
  });

  it.each(all)('$template says the same in text as in HTML, without a trace of markup', async (mail) => {
    const { html, text } = await renderMail(mail, { appUrl });
    expect(text).not.toMatch(/<[a-z/]|&[a-z]+;/i);
    const shown = html
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&');
    const squeezed = shown.replace(/\s+/g, ' ');
    for (const paragraph of text.split('\n\n').slice(0, 2)) expect(squeezed).toContain(paragraph.replace(/\s+/g, ' '));
  });
});

describe('what others wrote', () => {
  const attack = '<script>alert(1)</script><a href="https://evil.example">Click</a>"\'&';

  it('stays text in the HTML', async () => {
    const { html } = await renderMail({ ...mails.invitation, inviterName: attack, organizationName: attack }, { appUrl });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<a href="https://evil.example"');
    expect(html).toContain('&lt;script&gt;');
  });

  it('stays inside an attribute of the HTML', async () => {
    const { html } = await renderMail({ ...mails['verify-email'], url: `${appUrl}/?a="onmouseover="alert(1)` }, { appUrl });
    expect(html).not.toContain('"onmouseover="');
  });

  it('cannot break the subject into headers or turn its direction', async () => {
    const organizationName = 'Nice\r\nBcc: everyone@example.com\u2028X\u202Egnp.exe\u0000\t';
    const { subject, text } = await renderMail({ ...mails.invitation, organizationName }, { appUrl });
    expect(subject).toBe(`Ada invites you to Nice Bcc: everyone@example.com Xgnp.exe on ${brand.name}`);
    expect(text).not.toMatch(/^Bcc:/m);
  });

  it('falls back to plain words when a name is empty', async () => {
    const { subject } = await renderMail({ ...mails.invitation, inviterName: ' \n ', organizationName: '\u0000' }, { appUrl });
    expect(subject).toBe(`A colleague invites you to an organization on ${brand.name}`);
    expect((await renderMail({ ...mails['verify-email'], name: ' ' }, { appUrl })).text).toContain('Hello,');
  });
});

describe('a mail that is none', () => {
  it.each([
    ['an unknown template', { ...mails['verify-email'], template: 'free-text' }],
    ['two recipients', { ...mails['verify-email'], to: 'a@example.com, b@example.com' }],
    ['a recipient with a header', { ...mails['verify-email'], to: 'a@example.com\r\nBcc: b@example.com' }],
    ['a link that runs code', { ...mails['verify-email'], url: 'javascript:alert(1)' }],
    ['a link to no address', { ...mails['verify-email'], url: '/verify' }],
    ['a name without end', { ...mails.invitation, organizationName: 'x'.repeat(10_000) }],
  ])('with %s is refused', async (_, mail) => {
    await expect(renderMail(mail as MailInput, { appUrl })).rejects.toMatchObject({ code: 'email.rejected' });
  });
});

it('loads React and nodemailer only with the first mail', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const email = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    email.createSmtpTransport({ url: 'smtp://127.0.0.1:1', from: 'a@example.com' });
    const heavy = () => loaded.filter((url) => /node_modules\\/(react|react-dom|nodemailer|@react-email)\\//.test(url)).length;
    const before = heavy();
    await email.renderMail(${JSON.stringify(mails['verify-email'])}, { appUrl: 'https://app.example.com' });
    console.log(JSON.stringify([before, heavy() > 0]));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([0, true]);
});
