import { AppError } from '@repo/errors';
import { rateLimitHeaders, type RateLimiter, type RateLimitPolicyName } from '@repo/rate-limit';
import type { FastifyReply } from 'fastify';

/**
 * Counts one use under each key and puts the RateLimit fields on the answer; without a `reply` nobody is told how much
 * is left, only when to come back. Uses of which one is refused are all counted.
 * Throws `request.rate_limited` when one of them is used up.
 */
export async function limit(
  limiter: RateLimiter<RateLimitPolicyName>,
  { uses, reply }: { uses: readonly { policy: RateLimitPolicyName; key: string }[]; reply?: FastifyReply },
): Promise<void> {
  const decisions = await Promise.all(uses.map(({ policy, key }) => limiter.consume(policy, key)));
  void reply?.headers(rateLimitHeaders(decisions));
  const refused = decisions.filter(({ allowed }) => !allowed);
  if (refused.length === 0) return;
  const retryAfterSeconds = Math.ceil(Math.max(...refused.map(({ resetMs }) => resetMs)) / 1000);
  throw new AppError('request.rate_limited', { retryAfterSeconds, detail: refused.map(({ policy }) => policy).join(', ') });
}
