export interface TestAnswer {
  status: number;
  headers: Headers;
  /** The parsed JSON object; empty when the answer holds none. */
  body: Record<string, unknown>;
  text: string;
}

export interface TestRequest {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  raw?: Buffer | string;
}

/** Talks to the API as a browser on the app's own page would, keeping cookies; or with an API key. */
export interface TestClient {
  (path: string, request?: TestRequest): Promise<TestAnswer>;
  /** The Cookie header that is sent; empty without a session. */
  cookie(): string;
  /** The same session in another client. */
  clone(): TestClient;
}

interface ClientOptions {
  url: string;
  origin: string;
  apiKey?: string;
  cookies?: Map<string, string>;
}

/** Makes a client. With `apiKey` it sends that instead of cookies. */
export function createTestClient({ url, origin, apiKey, cookies = new Map() }: ClientOptions): TestClient {
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  const send = async (path: string, request: TestRequest = {}): Promise<TestAnswer> => {
    const body = request.raw ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
    const credentials: Record<string, string> =
      apiKey === undefined ? { origin, 'sec-fetch-site': 'same-origin' } : { 'x-api-key': apiKey };
    if (cookies.size > 0) credentials['cookie'] = cookie();
    const response = await fetch(`${url}${path}`, {
      method: request.method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...credentials, ...request.headers },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    for (const header of response.headers.getSetCookie()) remember(cookies, header);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parse(text), text };
  };
  return Object.assign(send, { cookie, clone: () => createTestClient({ url, origin, cookies: new Map(cookies) }) });
}

function remember(cookies: Map<string, string>, header: string): void {
  const [pair = '', ...attributes] = header.split(';');
  const separator = pair.indexOf('=');
  const name = pair.slice(0, separator).trim();
  const expired = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
  if (expired) cookies.delete(name);
  else cookies.set(name, pair.slice(separator + 1));
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
