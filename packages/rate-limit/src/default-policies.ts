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
  // Each invitation sends a mail to somebody who did not ask for it.
  'invitation-address': { points: 3, windowSeconds: 60 * 60 },
  'invitation-organization': { points: 50, windowSeconds: 24 * 60 * 60 },
  'invitation-sender': { points: 100, windowSeconds: 24 * 60 * 60 },
} as const satisfies Record<string, RateLimitPolicy>;

export type RateLimitPolicyName = keyof typeof defaultPolicies;
