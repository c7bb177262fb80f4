import { accountKey, addressKey, type RateLimiter, type RateLimitPolicyName } from '@repo/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { limit } from '../platform/limit.js';

/** Where somebody may try passwords, addresses or tokens: few tries for an address. */
const guessable = new Set([
  '/sign-in/email',
  '/sign-up/email',
  '/request-password-reset',
  '/reset-password',
  '/send-verification-email',
  '/change-password',
  '/change-email',
]);

/** What is counted for an account alone, beside what its visitor's address has used. Sign-in: see `countFailedSignIn`. */
const accountPolicies: Record<string, RateLimitPolicyName> = {
  '/sign-up/email': 'sign-up-account',
  '/request-password-reset': 'reset-account',
  '/send-verification-email': 'reset-account',
};

/**
 * Counts a request about accounts. Throws `request.rate_limited`. What names an account counts the address, the account
 * with the address, and then the account: refused requests of one address use up nothing of the account.
 */
export async function limitAccountRequest(
  limiter: RateLimiter<RateLimitPolicyName>,
  { path, request, reply }: { path: string; request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const address = addressKey(request.clientAddress);
  if (request.method !== 'POST' || !guessable.has(path)) {
    await limit(limiter, { uses: [{ policy: 'api', key: `address:${address}` }], reply });
    return;
  }
  await limit(limiter, { uses: [{ policy: 'sign-in-address', key: address }], reply });
  const email = emailOf(request.body);
  if (email === null) return;
  const account = `${path} ${accountKey(email)}`;
  const paired = path === '/sign-in/email' ? 'sign-in-account-address' : 'account-mail-address';
  await limit(limiter, { uses: [{ policy: paired, key: `${account} ${address}` }] });
  const policy = accountPolicies[path];
  if (policy) await limit(limiter, { uses: [{ policy, key: account }] });
}

/**
 * Runs a sign-in and counts it for its account if it fails. It is counted before it runs and given back afterwards, so
 * that many at once do not slip through. Throws `request.rate_limited`.
 */
export async function countFailedSignIn(
  limiter: RateLimiter<RateLimitPolicyName>,
  { path, body }: { path: string; body: unknown },
  signIn: () => Promise<Response>,
): Promise<Response> {
  const email = path === '/sign-in/email' ? emailOf(body) : null;
  if (email === null) return signIn();
  const use = { policy: 'sign-in-account', key: accountKey(email) } as const;
  await limit(limiter, { uses: [use] });
  let failed = false;
  try {
    const response = await signIn();
    failed = response.status === 401;
    return response;
  } finally {
    if (!failed) await limiter.giveBack(use.policy, use.key);
  }
}

function emailOf(body: unknown): string | null {
  const email: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'email') : null;
  return typeof email === 'string' ? email : null;
}
