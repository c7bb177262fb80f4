import { startSmtp, type TestSmtp } from '@repo/testing/smtp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appUrl, mails } from '../mails.fixture.js';
import { renderMail } from '../render-mail.js';
import { createSmtpTransport } from './smtp-transport.js';
import type { MailTransport } from './transport.js';

let smtp: TestSmtp;
let transport: MailTransport;

beforeAll(async () => {
  smtp = await startSmtp({ rejectRecipients: ['nobody@example.com'] });
  transport = createSmtpTransport({ url: smtp.url, from: 'Plinth <no-reply@example.com>', timeoutMs: 2000 });
});

afterAll(async () => {
  await transport.close();
  await smtp.stop();
});

const mail = { to: 'ada@example.com', subject: 'Hello', html: '<p>Hi</p>', text: 'Hi', idempotencyKey: 'event-1' };

describe('the SMTP transport', () => {
  it('delivers subject, HTML and text of every template as they were written', async () => {
    for (const each of Object.values(mails)) {
      const rendered = await renderMail(each, { appUrl });
      const to = `${each.template}@example.com`;
      await transport.send({ to, ...rendered, idempotencyKey: each.template });
      const arrived = await smtp.waitFor({ to });
      expect(arrived).toMatchObject({ from: 'no-reply@example.com', to: [to], subject: rendered.subject });
      expect(arrived.text.trim()).toBe(rendered.text.trim());
      expect(arrived.html.trim()).toBe(rendered.html.trim());
    }
  });

  it('gives a repeated mail the same id, another mail another', async () => {
    const ids: unknown[] = [];
    for (const [to, idempotencyKey] of [
      ['one@example.com', 'event-1'],
      ['two@example.com', 'event-1'],
      ['three@example.com', 'event-2'],
    ] as const) {
      await transport.send({ ...mail, to, idempotencyKey });
      ids.push((await smtp.waitFor({ to })).headers.get('message-id'));
    }
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('takes a mailbox that does not exist for a final no', async () => {
    await expect(transport.send({ ...mail, to: 'nobody@example.com' })).rejects.toMatchObject({ code: 'email.rejected' });
  });

  it('is unavailable when no server listens', async () => {
    const lonely = createSmtpTransport({ url: 'smtp://127.0.0.1:1', from: 'a@example.com', timeoutMs: 500 });
    await expect(lonely.send(mail)).rejects.toMatchObject({ code: 'email.unavailable' });
    await lonely.close();
  });

  it.each([
    ['a second recipient', { to: 'a@example.com,b@example.com' }],
    ['a header in the recipient', { to: 'a@example.com\r\nRCPT TO:<b@example.com>' }],
    ['a header in the subject', { subject: 'Hi\r\nBcc: b@example.com' }],
  ])('refuses %s before anything is sent', async (_, change) => {
    const before = smtp.mails().length;
    await expect(transport.send({ ...mail, ...change })).rejects.toMatchObject({ code: 'email.rejected' });
    expect(smtp.mails()).toHaveLength(before);
  });
});
