import { timingSafeEqual, createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whose address counts: `address` as the trusted proxies report it, or the one that the web server names when it
 * proves itself with the internal secret. A wrong secret is ignored, not an error: the caller is then a stranger.
 */
export function clientAddress(address: string, headers: IncomingHttpHeaders, internalSecret: string): string {
  const claimed = headers['x-client-address'];
  if (typeof claimed !== 'string' || isIP(claimed) === 0) return address;
  return isInternal(headers, internalSecret) ? claimed : address;
}

/** True when the request carries the internal secret; compares in constant time. */
function isInternal(headers: IncomingHttpHeaders, internalSecret: string): boolean {
  const given = headers['x-internal-secret'];
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(internalSecret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
