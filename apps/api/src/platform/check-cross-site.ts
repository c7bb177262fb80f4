import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@repo/errors';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The defence against cross-site request forgery: a browser that sends our cookie with an unsafe method must say that
 * our own origin made the request. `Sec-Fetch-Site` decides; without it (old browsers, our own server) `Origin` must
 * be the app's. Throws `request.cross_site`.
 */
export function checkCrossSite(request: { method: string; headers: IncomingHttpHeaders }, appOrigin: string): void {
  const { method, headers } = request;
  if (safeMethods.has(method) || headers.cookie === undefined) return;
  const site = headers['sec-fetch-site'];
  const sameOrigin = site === undefined ? headers.origin === appOrigin : site === 'same-origin';
  if (!sameOrigin) {
    throw new AppError('request.cross_site', { detail: `sec-fetch-site ${String(site)}, origin ${headers.origin ?? 'none'}` });
  }
}
