import { AppError } from '@repo/errors';

/** Where better-auth is mounted. */
export const accountBasePath = '/api/auth';

/** An empty segment or an escape: better-auth might read these as another path than we do. */
const ambiguous = /\/\/|\/$|%/;

/**
 * The path of a request about accounts below `/api/auth`, such as `/sign-in/email`. Limits and locks go by this path
 * and better-auth by the parsed address, so an address that parsing changes is not served.
 * Throws `request.route_not_found`.
 *
 * @param target what stands in the request line
 */
export function accountPath(target: string, appUrl: string): string {
  const raw = target.split('?', 1)[0] ?? '';
  const parsed = URL.parse(target, appUrl);
  if (
    parsed?.pathname !== raw ||
    parsed.origin !== new URL(appUrl).origin ||
    !raw.startsWith(`${accountBasePath}/`) ||
    ambiguous.test(raw)
  ) {
    throw new AppError('request.route_not_found');
  }
  return raw.slice(accountBasePath.length);
}
