import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSmtp, type TestSmtp } from './smtp.js';

let smtp: TestSmtp;
beforeAll(async () => {
  smtp = await startSmtp({ rejectRecipients: ['gone@example.com'] });
});
afterAll(() => smtp.stop());

/** Speaks SMTP line by line and answers the reply codes. */
async function speak(lines: string[]): Promise<number[]> {
  const socket = createConnection(Number(new URL(smtp.url).port), '127.0.0.1');
  const codes: number[] = [];
  for await (const reply of createInterface({ input: socket })) {
    if (reply[3] === '-') continue;
    codes.push(Number(reply.slice(0, 3)));
    const next = lines.shift();
    if (next === undefined) break;
    socket.write(`${next}\r\n`);
  }
  socket.destroy();
  return codes;
}

describe('startSmtp', () => {
  it('keeps what it receives and waits for what is to come', async () => {
    const waiting = smtp.waitFor({ to: 'reader@example.com', subject: /^Grüße/ });
    const content = ['Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'X-Kind: test', '', 'Hello', '.'].join('\r\n');
    await speak(['HELO t', 'MAIL FROM:<a@example.com>', 'RCPT TO:<reader@example.com>', 'DATA', content, 'QUIT']);
    const mail = await waiting;
    expect(mail).toMatchObject({
      from: 'a@example.com',
      to: ['reader@example.com'],
      subject: 'Grüße',
      text: expect.stringContaining('Hello'),
    });
    expect(mail.headers.get('x-kind')).toBe('test');
    expect(smtp.mails()).toHaveLength(1);
  });

  it('says what did arrive when the awaited mail does not', async () => {
    await expect(smtp.waitFor({ to: 'nobody@example.com' }, 50)).rejects.toThrow(/within 50 ms/);
  });

  it('refuses the recipients named for it with 550', async () => {
    expect(await speak(['HELO t', 'MAIL FROM:<a@example.com>', 'RCPT TO:<gone@example.com>', 'QUIT'])).toContain(550);
  });
});
