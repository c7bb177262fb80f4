import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

interface SignedParts {
  /** `key/date/region/service/aws4_request` */
  credential: string;
  signedHeaders: string;
  signature: string;
  date: string;
  query: [string, string][];
  payloadHash: string;
}

/** True when the request carries a valid AWS Signature 4 of this key, in its address (not expired) or its headers. */
export function verifySignature(request: IncomingMessage, secretAccessKey: string): boolean {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const parts = partsFromQuery(url.searchParams) ?? partsFromHeaders(request, url.searchParams);
  if (!parts) return false;
  const canonicalRequest = [
    request.method,
    url.pathname
      .split('/')
      .map((segment) => encodeStrictly(decodeURIComponent(segment)))
      .join('/'),
    parts.query
      .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
      .toSorted()
      .join('&'),
    canonicalHeaders(request, parts.signedHeaders),
    parts.signedHeaders,
    parts.payloadHash,
  ].join('\n');
  const [, day = '', region = '', service = ''] = parts.credential.split('/');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const hashed = createHash('sha256').update(canonicalRequest).digest('hex');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const expected = hmac(key, ['AWS4-HMAC-SHA256', parts.date, scope, hashed].join('\n'));
  const given = Buffer.from(parts.signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function partsFromQuery(parameters: URLSearchParams): SignedParts | undefined {
  const signature = parameters.get('X-Amz-Signature');
  const date = parameters.get('X-Amz-Date') ?? '';
  if (signature === null) return undefined;
  const signedAt = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Date.now() <= signedAt + 1000 * Number(parameters.get('X-Amz-Expires')))) return undefined;
  return {
    credential: parameters.get('X-Amz-Credential') ?? '',
    signedHeaders: parameters.get('X-Amz-SignedHeaders') ?? '',
    signature,
    date,
    query: [...parameters].filter(([name]) => name !== 'X-Amz-Signature'),
    payloadHash: 'UNSIGNED-PAYLOAD',
  };
}

function partsFromHeaders(request: IncomingMessage, parameters: URLSearchParams): SignedParts | undefined {
  const match = /Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=(\w+)/.exec(request.headers.authorization ?? '');
  if (!match) return undefined;
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  return {
    credential,
    signedHeaders,
    signature,
    date: String(request.headers['x-amz-date']),
    query: [...parameters],
    payloadHash: String(request.headers['x-amz-content-sha256']),
  };
}

function canonicalHeaders(request: IncomingMessage, signedHeaders: string): string {
  const line = (name: string): string =>
    `${name}:${String(request.headers[name] ?? '')
      .trim()
      .replaceAll(/ +/g, ' ')}\n`;
  return signedHeaders.split(';').map(line).join('');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** encodeURIComponent plus the five characters that it leaves and AWS does not. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
