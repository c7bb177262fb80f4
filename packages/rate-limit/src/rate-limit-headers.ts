import type { RateLimitDecision } from './rate-limit-policy.js';

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers-11, `RateLimit-Policy: "api";q=20;w=1` and
 * `RateLimit: "api";r=19;t=1`, one member a decision, and an integer `Retry-After` when one of them refused.
 */
export function rateLimitHeaders(decisions: RateLimitDecision | readonly RateLimitDecision[]): Record<string, string> {
  const all: readonly RateLimitDecision[] = 'policy' in decisions ? [decisions] : decisions;
  const headers: Record<string, string> = {
    'ratelimit-policy': all.map(({ policy, limit, windowSeconds }) => `"${policy}";q=${limit};w=${windowSeconds}`).join(', '),
    ratelimit: all.map(({ policy, remaining, resetMs }) => `"${policy}";r=${remaining};t=${wholeSeconds(resetMs)}`).join(', '),
  };
  const refused = all.filter((decision) => !decision.allowed);
  if (refused.length > 0) headers['retry-after'] = String(Math.max(1, ...refused.map(({ resetMs }) => wholeSeconds(resetMs))));
  return headers;
}

// Rounded up: whoever waits that long must succeed.
function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
