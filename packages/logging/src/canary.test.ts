import { AppError } from '@repo/errors';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger, runWithContext, type LogEntry, type LogFields, type LogFormat } from './index.js';

const canary = 'CANARY9f3kQ7';
const card = '4111 1111 1111 1111';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.c2lnbmF0dXJlX2NhbmFyeQ';

/** Everything that one call of the logger writes and hands to the reporter. */
function written(message: string, fields: LogFields | undefined, format: LogFormat): string {
  const chunks: string[] = [];
  const reported: Omit<LogEntry, 'error'>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  const onError = ({ timestamp, level, message: text, fields: safe }: LogEntry): void =>
    void reported.push({ timestamp, level, message: text, fields: safe });
  createLogger({ service: 'api', version: '1', level: 'debug', format, destination, onError }).error(message, fields);
  return chunks.join('') + JSON.stringify(reported);
}

const nest = (value: unknown, depth: number): unknown => (depth === 0 ? value : { layer: [nest(value, depth - 1)] });
const circular: Record<string, unknown> = { password: canary };
circular['self'] = circular;
class Session {
  readonly accessToken = canary;
  readonly id = 'visible';
}

const keys = [
  'password', 'newPassword', 'PASSWORD', 'pass_word_hash', 'passwd', 'passphrase', 'pwd', 'token', 'accessToken', 'refresh_token', 'csrf-token', 'idToken', 'authorization', 'Authorization',
  'proxy-authorization', 'cookie', 'Set-Cookie', 'set-cookie', 'secret', 'clientSecret', 'AUTH_SECRET', 'apiKey', 'api_key', 'x-api-key', 'X-API-KEY', 'privateKey', 'S3_SECRET_ACCESS_KEY', 'accessKeyId', 'card',
  'cardNumber', 'card_number', 'cvc', 'cvv', 'iban', 'pin', 'otp', 'totp', 'totpSecret', 'backupCodes', 'recovery_codes', 'jwt', 'bearer', 'signature', 'credentials', 'session', 'sessionId', 'sessionToken',
  'headers', 'body', 'requestBody', 'DATABASE_URL', 'redisUrl', 'SENTRY_DSN',
]; // prettier-ignore

const objects: [string, LogFields][] = [
  ...keys.map((key): [string, LogFields] => [`key ${key}`, { [key]: canary }]),
  ...keys.slice(0, 4).map((key): [string, LogFields] => [`key ${key} five layers down`, { outer: nest({ [key]: canary }, 5) }]),
  ['deeper than is written', { outer: nest({ password: canary }, 40) }],
  ['a whole object under a sensitive key', { credentials: { user: 'a', values: [canary] } }],
  ['an array under a sensitive key', { cookies: [canary, canary] }],
  ['a map', { data: new Map([['password', canary]]) }],
  ['a map of maps', { data: new Map([['inner', new Map([['apiKey', canary]])]]) }],
  ['a set', { data: new Set([{ token: canary }]) }],
  ['an instance of a class', { session_: new Session() }],
  ['a circle', { circular }],
  ['bytes', { data: Buffer.from(canary), more: new TextEncoder().encode(canary) }],
  ['headers as pairs in text', { raw: `Cookie: a=${canary}; b=${canary}\r\nAccept: */*` }],
  ['a URL object', { target: new URL(`https://user:${canary}@host.test/`) }],
  ['JSON in a text', { text: JSON.stringify({ user: 'a', password: canary, nested: { accessToken: canary } }) }],
  ['JSON with escaped quotes', { text: `{"password":"a\\"${canary}"}` }],
  ['a form in a text', { text: `email=a%40b.c&password=${canary}&remember=1` }],
  ['a function', { fn: Object.assign(() => canary, { password: canary }) }],
  ['a getter that throws', { thing: Object.defineProperty({}, 'x', { enumerable: true, get: () => { throw new Error(`token=${canary}`); } }) }], // prettier-ignore
  ['toJSON that tells', { thing: { toJSON: () => ({ password: canary }) } }],
  ['a sensitive key as a Map key of objects', { data: new Map([[{ toString: () => 'password' }, canary]]) }],
  ['a card number as text', { note: `paid with ${card}` }],
  ['a card number as number', { note: 4_111_111_111_111_111 }],
  ['a card number as key', { [card]: 1 }],
];

const texts: [string, string][] = [
  ['URL with login', `connect postgresql://app:${canary}@db.internal:5432/app failed`],
  ['URL with login and slash in the password', `redis://:pa/ss${canary}@cache:6379`],
  ['URL with login and at-sign in the password', `smtp://mail:p@${canary}@smtp.test`],
  ['URL with a user only', `https://${canary}@sentry.test/1`],
  ['URL with a token', `GET /reset?token=${canary}&x=1`],
  ['URL with a code', `/callback?code=${canary}&state=${canary}`],
  ['URL with a signature', `https://bucket.s3.test/key?X-Amz-Signature=${canary}&X-Amz-Credential=${canary}`],
  ['bearer token', `Authorization: Bearer ${canary}`],
  ['bearer token in a sentence', `sent bearer ${canary} upstream`],
  ['basic login', `authorization=Basic ${canary}==`],
  ['cookie line', `cookie: session=${canary}; other=${canary}`],
  ['assignment', `password=${canary}`],
  ['assignment with a space', `api_key: ${canary}`],
  ['assignment in quotes', `secret = "${canary} with spaces ${canary}"`],
  ['variable', `AUTH_SECRET=${canary}`],
  ['provider key', `sk_live_${canary}${canary}`],
  ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n-----END RSA PRIVATE KEY-----`],
  ['private key cut off', `-----BEGIN PRIVATE KEY-----\n${canary}`],
];

function errorsWith(text: string): [string, unknown][] {
  const root = new Error(text);
  const deep = new Error('outer', { cause: new AppError('database.unavailable', { detail: text, cause: root }) });
  const axiosLike = Object.assign(new Error('request failed'), {
    config: { headers: { Authorization: `Bearer ${canary}` } },
    response: { data: canary },
    request: canary,
  });
  return [
    ['message', root],
    ['cause of a cause', deep],
    ['aggregate', new AggregateError([root, new TypeError(text)], 'several')],
    ['thrown text', new Error('x', { cause: text })],
    ['thrown object', new Error('x', { cause: { password: canary, headers: { cookie: canary } } })],
    ['fields that a library hung on', axiosLike],
    ['name', Object.assign(new Error('x'), { name: text })],
    ['code', Object.assign(new Error('x'), { code: text })],
    ['issues', new AppError('request.invalid', { issues: [{ path: 'a', message: text }] })],
  ];
}

/** Which secrets stand in an output; an output that is missing tells nothing and counts as a leak. */
function leaksOf(output: string): string[] {
  return output === '' ? ['nothing was written'] : [canary, '4111', jwt.slice(0, 20)].filter((secret) => output.includes(secret));
}

describe.each(['json', 'pretty'] as const)('the canary never reaches the output (%s)', (format) => {
  it.each(objects)('field: %s', (_name, fields) => expect(leaksOf(written('something happened', fields, format))).toEqual([]));
  it.each(texts)('message: %s', (_name, text) => expect(leaksOf(written(text, undefined, format))).toEqual([]));
  it.each(texts)('text in a field: %s', (_name, text) => expect(leaksOf(written('x', { note: text, list: [text] }, format))).toEqual([]));
  it.each(texts)('error: %s', (_name, text) => {
    for (const [, error] of errorsWith(text)) {
      expect(leaksOf(written('failed', { error }, format))).toEqual([]);
      expect(leaksOf(written('failed', { outer: { deeper: [error] } }, format))).toEqual([]);
    }
  });
  it('context', () => {
    const output = runWithContext({ requestId: `r?token=${canary}`, sessionToken: canary }, () => written('x', undefined, format));
    expect(leaksOf(output)).toEqual([]);
  });
  it('JSON Web Token', () => expect(leaksOf(written(`got ${jwt}`, { note: jwt }, format))).toEqual([]));

  it('control: the same canary does reach it where nothing marks it as secret', () => {
    expect(written(canary, { title: canary }, format)).toContain(canary);
    expect(written('x', { error: new Error(canary) }, format)).toContain(canary);
  });
});

describe('what is no secret stays readable', () => {
  it.each([
    'GET https://api.test:443/v1/documents?cursor=abc&limit=20',
    'job 1731000000000123 done',
    'order 4111111111111112',
    'document 0192f3c4-1111-7111-8111-111111111111 of organization 41111111-1111-4111-8111-111111111111',
    'mail to ada@example.com was sent',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'at open (file:///app/dist/main.js:10:5)',
    'took 12.5 ms at 2026-11-20T14:43:51.123Z',
    '3 tokens were counted',
    'basic plan',
  ])('%s', (text) => {
    expect(written(text, { note: text }, 'json')).toContain(JSON.stringify(text).slice(1, -1));
  });

  it('keys that only look alike keep their values', () => {
    const fields = {
      tokenCount: 12,
      maxTokens: 100,
      discard: 'a',
      cardinality: 3,
      passed: true,
      author: 'Ada',
      bodyBytes: 10,
      keyboard: 'b',
      sessions: 4,
    };
    expect(JSON.parse(written('x', fields, 'json').split('\n')[0] ?? '')).toMatchObject(fields);
  });
});
