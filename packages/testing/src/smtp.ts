import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerEnvelope } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  /** The envelope's recipients. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** By lower-case name. */
  headers: ReadonlyMap<string, unknown>;
}

export interface TestSmtp {
  url: string;
  /** All mails so far, oldest first. */
  mails(): readonly ReceivedMail[];
  /** The first mail, already here or to come, that fits; throws after `timeoutMs` (default 5 s) with what did come. */
  waitFor(fits: { to?: string; subject?: string | RegExp }, timeoutMs?: number): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

/**
 * A mail server on a free port that accepts every mail and keeps it in memory.
 * Recipients in `rejectRecipients` are refused for good with 550.
 */
export async function startSmtp({ rejectRecipients = [] }: { rejectRecipients?: readonly string[] } = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = [];
  const arrivals = new EventEmitter();
  const keepMail = async (stream: Readable, { mailFrom, rcptTo }: SMTPServerEnvelope): Promise<void> => {
    const mail = await simpleParser(stream);
    mails.push({
      from: mailFrom === false ? '' : mailFrom.address,
      to: rcptTo.map((recipient) => recipient.address),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html === false ? '' : (mail.html ?? ''),
      headers: mail.headers,
    });
    arrivals.emit('mail');
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (address, _session, done) => {
      if (rejectRecipients.includes(address.address)) done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
      else done();
    },
    onData: (stream, session, done) => {
      callbackify(keepMail)(stream, session.envelope, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails: () => mails,
    waitFor: (fits, timeoutMs = 5000) => waitForMail(mails, arrivals, fits, timeoutMs),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

type Fits = Parameters<TestSmtp['waitFor']>[0];

async function waitForMail(mails: readonly ReceivedMail[], arrivals: EventEmitter, fits: Fits, timeoutMs: number): Promise<ReceivedMail> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (;;) {
    const found = mails.find((mail) => isMatch(mail, fits));
    if (found) return found;
    try {
      await once(arrivals, 'mail', { signal });
    } catch (error) {
      const seen = mails.map((mail) => `${mail.to.join(', ')}: ${mail.subject}`).join('\n');
      throw new Error(`no such mail within ${timeoutMs} ms; received:\n${seen || '(none)'}`, { cause: error });
    }
  }
}

function isMatch(mail: ReceivedMail, { to, subject }: Fits): boolean {
  if (to !== undefined && !mail.to.includes(to)) return false;
  if (subject === undefined) return true;
  return typeof subject === 'string' ? mail.subject === subject : subject.test(mail.subject);
}
