import type { RateLimitPolicy } from './rate-limit-policy.js';

/**
 * The policies of the reference product. Sign-in counts the address and the account, so that neither one address
 * tries many accounts nor many addresses one account.
 */
export const defaultPolicies = {
  api: { points: 20, windowSeconds: 1 },
  search: { points: 60, windowSeconds: 10 },
  upload: { points: 60, windowSeconds: 60 },
  expensive: { points: 10, windowSeconds: 60 },
  'sign-in-address': { points: 5, windowSeconds: 60 },
  'sign-in-account': { points: 10, windowSeconds: 300 },
} as const satisfies Record<string, RateLimitPolicy>;

export type RateLimitPolicyName = keyof typeof defaultPolicies;
