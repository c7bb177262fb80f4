import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResendTransport } from './resend-transport.js';
import type { MailTransport } from './transport.js';

const mail = { to: 'ada@example.com', subject: 'Hello', html: '<p>Hi</p>', text: 'Hi', idempotencyKey: 'event-1' };

let server: Server;
let received: { path: string | undefined; headers: IncomingMessage['headers']; body: unknown }[];
let answer: (response: ServerResponse) => void;
let baseUrl: string;
let transport: MailTransport;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  received.push({ path: request.url, headers: request.headers, body: JSON.parse(await text(request)) });
  answer(response);
}

beforeEach(async () => {
  received = [];
  answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"m-1"}');
  server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = createResendTransport({ apiKey: 're_secret', from: 'Plinth <no-reply@example.com>', baseUrl });
});

afterEach(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

describe('the Resend transport', () => {
  it('hands over the mail with the key that makes a repetition harmless', async () => {
    await transport.send(mail);
    expect(received).toEqual([
      {
        path: '/emails',
        headers: expect.objectContaining({ authorization: 'Bearer re_secret', 'idempotency-key': 'event-1' }) as object,
        body: { from: 'Plinth <no-reply@example.com>', to: ['ada@example.com'], subject: 'Hello', html: '<p>Hi</p>', text: 'Hi' },
      },
    ]);
  });

  it.each([400, 413, 422])('takes %i for a final no to this mail', async (status) => {
    answer = (response) => response.writeHead(status).end('{"message":"invalid to"}');
    await expect(transport.send(mail)).rejects.toMatchObject({ code: 'email.rejected' });
  });

  it.each([401, 403, 500, 503])('takes %i for a trouble that may pass', async (status) => {
    answer = (response) => response.writeHead(status).end('no');
    await expect(transport.send(mail)).rejects.toMatchObject({ code: 'email.unavailable' });
  });

  it('passes on how long a 429 asks to wait', async () => {
    answer = (response) => response.writeHead(429, { 'retry-after': '7' }).end();
    await expect(transport.send(mail)).rejects.toMatchObject({ code: 'email.unavailable', retryAfterSeconds: 7 });
  });

  it('is unavailable when the answer takes too long or nothing listens', async () => {
    answer = () => undefined;
    const hasty = createResendTransport({ apiKey: 'k', from: 'a@example.com', baseUrl, timeoutMs: 200 });
    await expect(hasty.send(mail)).rejects.toMatchObject({ code: 'email.unavailable' });
    const lonely = createResendTransport({ apiKey: 'k', from: 'a@example.com', baseUrl: 'http://127.0.0.1:1' });
    await expect(lonely.send(mail)).rejects.toMatchObject({ code: 'email.unavailable' });
  });

  it.each([
    ['a second recipient', { to: 'a@example.com, b@example.com' }],
    ['a header in the recipient', { to: 'a@example.com\r\nBcc: b@example.com' }],
    ['a header in the subject', { subject: 'Hi\r\nBcc: b@example.com' }],
  ])('refuses %s before anything is sent', async (_, change) => {
    await expect(transport.send({ ...mail, ...change })).rejects.toMatchObject({ code: 'email.rejected' });
    expect(received).toEqual([]);
  });
});
