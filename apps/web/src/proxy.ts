import { type NextRequest, NextResponse } from 'next/server';
import { env } from './env';
import { contentSecurityPolicy } from './platform/content-security-policy';
import { nonceHeader, pathHeader } from './platform/request-headers';

/** Runs before every page: a fresh nonce and its policy, and the path for server components. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy({ nonce, development: env().NODE_ENV === 'development', uploadOrigins: env().UPLOAD_ORIGINS });
  const headers = new Headers(request.headers);
  headers.set(nonceHeader, nonce);
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce for its own scripts from this request header.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (env().APP_URL.startsWith('https:')) response.headers.set('strict-transport-security', `max-age=${hstsSeconds}; includeSubDomains`);
  return response;
}

const hstsSeconds = 2 * 365 * 24 * 60 * 60;

export const config = {
  matcher: ['/((?!api/|_next/static|_next/image|web-health|icon$|product-|robots.txt|manifest.webmanifest).*)'],
};
