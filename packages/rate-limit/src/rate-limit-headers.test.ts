import { describe, expect, it } from 'vitest';
import { rateLimitHeaders, type RateLimitDecision } from './index.js';

const decision: RateLimitDecision = { allowed: true, policy: 'api', limit: 20, windowSeconds: 1, remaining: 19, resetMs: 640 };

describe('rateLimitHeaders', () => {
  it('tells policy and state as structured fields of draft 11', () => {
    expect(rateLimitHeaders(decision)).toEqual({ 'ratelimit-policy': '"api";q=20;w=1', ratelimit: '"api";r=19;t=1' });
  });

  it('adds an integer Retry-After to a refusal, rounded up so that waiting that long succeeds', () => {
    const refused = { ...decision, allowed: false, remaining: 0 };
    expect(rateLimitHeaders({ ...refused, resetMs: 1001 })).toMatchObject({ 'retry-after': '2', ratelimit: '"api";r=0;t=2' });
    expect(rateLimitHeaders({ ...refused, resetMs: 0 })).toMatchObject({ 'retry-after': '1' });
  });

  it('lists several policies, and Retry-After is the longest wait of those that refused', () => {
    const address = { ...decision, policy: 'sign-in-address', limit: 5, windowSeconds: 60, allowed: false, remaining: 0, resetMs: 30_000 };
    const account = { ...address, policy: 'sign-in-account', allowed: true, remaining: 3, resetMs: 300_000 };
    expect(rateLimitHeaders([address, account])).toEqual({
      'ratelimit-policy': '"sign-in-address";q=5;w=60, "sign-in-account";q=5;w=60',
      ratelimit: '"sign-in-address";r=0;t=30, "sign-in-account";r=3;t=300',
      'retry-after': '30',
    });
  });
});
