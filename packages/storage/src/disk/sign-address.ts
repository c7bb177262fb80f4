import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@repo/errors';

/** What a signed address allows. Every field is under the signature. */
export interface AddressGrant {
  operation: 'upload' | 'download';
  key: string;
  /** Seconds since 1970. */
  expires: number;
  contentType: string;
  /** Uploads only. */
  sizeBytes: number | null;
  /** Downloads only. */
  filename: string | null;
}

const hexSignature = /^[0-9a-f]{64}$/;

function computeSignature(grant: AddressGrant, secret: string): Buffer {
  // JSON keeps the fields apart, whatever they hold.
  const { operation, key, expires, contentType, sizeBytes, filename } = grant;
  return createHmac('sha256', secret)
    .update(JSON.stringify([operation, key, expires, contentType, sizeBytes, filename]))
    .digest();
}

/** The query string that proves a grant. */
export function signAddress(grant: AddressGrant, secret: string): URLSearchParams {
  const query = new URLSearchParams({ expires: String(grant.expires), type: grant.contentType });
  if (grant.sizeBytes !== null) query.set('size', String(grant.sizeBytes));
  if (grant.filename !== null) query.set('filename', grant.filename);
  query.set('signature', computeSignature(grant, secret).toString('hex'));
  return query;
}

function field(query: Readonly<Record<string, unknown>>, name: string): string {
  const value = query[name];
  if (typeof value !== 'string') throw new AppError('upload.signature_invalid', { detail: `query field ${name} is missing or repeated` });
  return value;
}

function digits(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new AppError('upload.signature_invalid', { detail: 'not a number' });
  return Number(text);
}

/** The grant that a query string proves. Throws `upload.signature_invalid`, or `upload.expired` for one that was valid. */
export function verifyAddress(
  asked: { operation: AddressGrant['operation']; key: string; query: Readonly<Record<string, unknown>> },
  secret: string,
): AddressGrant {
  const { operation, key, query } = asked;
  const upload = operation === 'upload';
  const grant: AddressGrant = {
    operation,
    key,
    expires: digits(field(query, 'expires')),
    contentType: field(query, 'type'),
    sizeBytes: upload ? digits(field(query, 'size')) : null,
    filename: upload ? null : field(query, 'filename'),
  };
  const signature = field(query, 'signature');
  const expected = computeSignature(grant, secret);
  if (!hexSignature.test(signature) || !timingSafeEqual(Buffer.from(signature, 'hex'), expected)) {
    throw new AppError('upload.signature_invalid');
  }
  if (Date.now() >= grant.expires * 1000) throw new AppError('upload.expired');
  return grant;
}
