// A browser in small, and how somebody without an account gets one: over the public API, with the link of the mail.
import { UserError } from '../toolchain.mjs';
import { waitUntil } from './ports.mjs';

const verificationMs = 30_000;

/** Keeps cookies and sends the Origin that the API asks for. */
export class Visitor {
  #cookies = new Map();

  /**
   * @param {{ origin: string, appUrl: string, purpose: string }} options origin: where requests go; appUrl: what the
   * product calls itself; purpose: begins the message of a call that went wrong
   */
  constructor({ origin, appUrl, purpose }) {
    this.origin = origin;
    this.appUrl = appUrl;
    this.purpose = purpose;
  }

  /** The value of the Cookie header. */
  get cookie() {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  async send(method, address, body) {
    const url = new URL(address, this.origin);
    const headers = { origin: new URL(this.appUrl).origin, cookie: this.cookie };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/s);
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** @throws {UserError} with the problem's words when the answer is not 2xx */
  async json(method, address, body) {
    const response = await this.send(method, address, body);
    const text = await response.text();
    if (!response.ok) throw new UserError(`${this.purpose}: ${method} ${address} was answered with ${response.status}.\n${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

/** False when the address or the password is not the one of an account. */
export async function signIn(visitor, { email, password }) {
  const response = await visitor.send('POST', '/api/auth/sign-in/email', { email, password });
  await response.body?.cancel();
  return response.ok;
}

async function verificationLink(mailApi, email) {
  const mails = await (await fetch(`${mailApi}/email`, { signal: AbortSignal.timeout(5_000) })).json();
  const mail = mails.findLast((candidate) => candidate.to?.some(({ address }) => address === email));
  return mail?.text?.match(/https?:\/\/\S+\/api\/auth\/verify-email\S+/)?.[0] ?? null;
}

/** Makes the account. False when one of this address exists already, with a password that is not ours to know. */
export async function signUp(visitor, { mailApi, person }) {
  await visitor.json('POST', '/api/auth/sign-up/email', person);
  let link = null;
  const arrived = await waitUntil(async () => (link = await verificationLink(mailApi, person.email)) !== null, {
    timeoutMs: verificationMs,
  });
  if (!arrived) return false;
  const { pathname, search } = new URL(link);
  const response = await visitor.send('GET', pathname + search);
  await response.body?.cancel();
  if (!(await signIn(visitor, person))) throw new UserError(`${visitor.purpose}: the account was made, but it could not sign in.`);
  return true;
}
