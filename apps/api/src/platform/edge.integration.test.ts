import { Agent, request as startRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import type { Person } from '../testing/test-people.js';

let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await createTestApp();
  owner = await app.person();
}, 60_000);
afterAll(() => app?.stop());

/** Sends bytes as they are; answers the whole response. */
function sendBytes(bytes: Buffer | string): Promise<string> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });
}

describe('every refusal is a problem that names its request', () => {
  it.each([
    ['an unknown address', '/api/v1/nothing', {}, { status: 404, code: 'request.route_not_found' }],
    ['an address outside the API', '/nothing', {}, { status: 404, code: 'request.route_not_found' }],
    ['nobody signed in', '/api/v1/api-keys', { headers: { cookie: '' } }, { status: 401, code: 'auth.unauthenticated' }],
    [
      'a key that does not hold',
      '/api/v1/documents',
      { headers: { 'x-api-key': 'plinth_wrong' } },
      { status: 401, code: 'auth.api_key_invalid' },
    ],
    ['broken percent encoding', '/api/v1/documents/%E0%A4%A', {}, { status: 400, code: 'request.invalid' }],
  ])('%s', async (_title, path, request, expected) => {
    const answer = await app.anonymous(path, request);
    expect(answer.status).toBe(expected.status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ ...expected, requestId: answer.headers.get('x-request-id') });
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('a wrong method is 405 and says which ones work', async () => {
    const answer = await owner.client('/api/v1/session', { method: 'DELETE' });
    expect(answer.body).toMatchObject({ status: 405, code: 'request.method_not_allowed' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it.each([
    ['malformed JSON', { raw: '{"name": ' }, 400, 'request.malformed_json'],
    ['JSON that would change a prototype', { raw: '{"__proto__": {"x": 1}, "name": "n"}' }, 400, 'request.malformed_json'],
    ['invalid UTF-8', { raw: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) }, 400, 'request.malformed_json'],
    [
      'another content type',
      { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'request.unsupported_media_type',
    ],
    ['a NUL character', { json: { name: 'a\u0000b' } }, 400, 'request.invalid'],
    ['half of a surrogate pair', { raw: String.raw`{"name":"\ud800"}` }, 400, 'request.invalid'],
    ['an over-long field', { json: { name: 'x'.repeat(61) } }, 400, 'request.invalid'],
    ['a wrong type', { json: { name: 7 } }, 400, 'request.invalid'],
    ['an unknown field', { json: { name: 'x', admin: true } }, 400, 'request.invalid'],
    ['no body', { method: 'POST' }, 400, 'request.invalid'],
  ])('%s', async (_title, request, status, code) => {
    const answer = await owner.client('/api/v1/api-keys', { method: 'POST', ...request });
    expect(answer.body).toMatchObject({ status, code });
  });

  it('names the bad field', async () => {
    const { body } = await owner.client('/api/v1/api-keys', { json: { name: '', expiresInDays: 9999 } });
    expect(body['issues']).toMatchObject([{ path: 'name' }, { path: 'expiresInDays' }]);
  });

  it('a body of 10 KB is read, one byte more is 413', async () => {
    const bodyOf = (bytes: number) => JSON.stringify({ name: 'x' }).padEnd(bytes, ' ');
    expect((await owner.client('/api/v1/api-keys', { raw: bodyOf(10 * 1024) })).status).toBe(201);
    const tooLarge = await owner.client('/api/v1/api-keys', { raw: bodyOf(10 * 1024 + 1) });
    expect(tooLarge.body).toMatchObject({ status: 413, code: 'request.body_too_large' });
  });

  /** One connection for all its requests, as a proxy keeps them. */
  const postThrough = (agent: Agent, bytes: number): Promise<{ status: number; localPort: number }> =>
    new Promise((resolve, reject) => {
      const headers = { cookie: owner.client.cookie(), origin: app.url, 'content-type': 'application/json', 'content-length': bytes };
      const posting = startRequest(`${app.url}/api/v1/api-keys`, { method: 'POST', agent, headers }, (answer) => {
        const localPort = answer.socket.localPort ?? 0;
        answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, localPort }));
      });
      posting.once('error', reject);
      posting.end(Buffer.alloc(bytes, ' '));
    });

  it('a proxy that is still sending a body that is far too large gets the 413, and can use its connection again', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answers = [];
    for (let count = 0; count < 8; count += 1) answers.push(await postThrough(agent, 3 * 1024 * 1024));
    agent.destroy();
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(413));
    expect(new Set(answers.map(({ localPort }) => localPort)).size).toBe(1);
  });

  it('an anonymous sender is refused before the body is read', async () => {
    const answer = await app.anonymous('/api/v1/documents', { raw: '{"name": '.padEnd(100_000, ' ') });
    expect(answer.body).toMatchObject({ status: 401 });
  });

  it('bytes that are not HTTP get a problem too, and the connection ends', async () => {
    const answer = await sendBytes('NOT HTTP AT ALL\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
  });

  it('headers of 20 KB are 431', async () => {
    const answer = await sendBytes(`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('the request id', () => {
  it('is made by the server: what a client sends does not count', async () => {
    const answer = await app.anonymous('/health', { headers: { 'x-request-id': 'mine' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('headers', () => {
  it('tells browsers to frame, sniff and cache nothing', async () => {
    const { headers } = await owner.client('/api/v1/session');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('lets only pages of the app read answers', async () => {
    const own = await owner.client('/api/v1/session');
    expect(own.headers.get('access-control-allow-origin')).toBe(app.url);
    const foreign = await owner.client('/api/v1/session', { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } };
    expect((await app.anonymous('/api/v1/documents', preflight)).headers.get('access-control-allow-methods')).toContain('POST');
    const refused = await app.anonymous('/api/v1/documents', {
      ...preflight,
      headers: { ...preflight.headers, origin: 'https://evil.example' },
    });
    expect(refused.headers.get('access-control-allow-methods')).toBeNull();
  });
});

describe('requests from other sites', () => {
  const write = { json: { name: 'from elsewhere' } };

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a page of a sister domain', { 'sec-fetch-site': 'same-site', origin: 'https://other.127.0.0.1' }],
    ['an old browser on another site', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ])('%s cannot write with the cookie', async (_title, headers) => {
    const answer = await owner.client('/api/v1/api-keys', { ...write, headers });
    expect(answer.body).toMatchObject({ status: 403, code: 'request.cross_site' });
  });

  it('neither can a request that does not say where it comes from', async () => {
    const answer = await fetch(`${app.url}/api/v1/api-keys`, {
      method: 'POST',
      headers: { cookie: owner.client.cookie(), 'content-type': 'application/json' },
      body: '{"name":"x"}',
    });
    expect(answer.status).toBe(403);
  });

  it('an old browser on our own page can', async () => {
    const headers = { cookie: owner.client.cookie(), 'content-type': 'application/json', origin: app.url };
    expect((await fetch(`${app.url}/api/v1/api-keys`, { method: 'POST', headers, body: '{"name":"x"}' })).status).toBe(201);
  });

  it('accounts are guarded too', async () => {
    const answer = await owner.client('/api/auth/sign-out', {
      json: {},
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
    expect((await owner.client('/api/v1/session')).status).toBe(200);
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and holds every route', async () => {
    const { status, body } = await app.anonymous('/api/openapi.json');
    expect({ status, version: body['openapi'] }).toEqual({ status: 200, version: '3.1.0' });
    const paths = body['paths'] as Record<string, Record<string, { responses: Record<string, unknown> }>>;
    expect(Object.keys(paths)).toContain('/api/v1/documents/{documentId}');
    expect(Object.keys(paths['/api/v1/api-keys']?.['post']?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '409', '422', '429']),
    );
  });

  it('has a page that asks no other host for anything', async () => {
    const page = await app.anonymous('/api/docs');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(page.status).toBe(200);
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    const nonce = /nonce-([^']+)/.exec(policy)?.[1];
    expect(page.text).toContain(`<script nonce="${nonce}">`);
    const script = await app.anonymous('/api/docs/reference.js');
    expect(script.status).toBe(200);
    expect(script.text).toContain('createApiReference');
  });

  it.each([
    ['identity', null],
    ['gzip;q=0, identity', null],
    ['gzip;q=0', null],
    ['br, gzip', 'gzip'],
    ['deflate, gzip;q=0.5', 'gzip'],
    ['*', 'gzip'],
  ])('sends its script to clients that take %s', async (accepted, encoding) => {
    const script = await app.anonymous('/api/docs/reference.js', { headers: { 'accept-encoding': accepted } });
    expect(script.status).toBe(200);
    expect(script.headers.get('content-encoding')).toBe(encoding);
    expect(script.headers.get('vary')).toContain('Accept-Encoding');
    expect(script.text).toContain('createApiReference');
  });
});

describe('figures', () => {
  it('are served on the internal port only, by route pattern and without probes', async () => {
    await owner.client('/api/v1/session');
    await app.anonymous('/health/live');
    expect((await app.anonymous('/metrics')).status).toBe(404);
    const figures = await (await fetch(app.metricsUrl)).text();
    expect(figures).toContain('route="/api/v1/session"');
    expect(figures).not.toContain('/health');
    expect(figures).not.toContain('/api/v1/nothing');
  });
});
