import type { RateLimitPolicy } from './rate-limit-policy.js';

/**
 * The policies of the reference product. Whoever tries passwords, or has mails sent, is counted by address, and by
 * account and address together. What is counted for an account alone has a ceiling that one address cannot reach:
 * nobody can be kept out of an account by a stranger who names it.
 */
export const defaultPolicies = {
  api: { points: 20, windowSeconds: 1 },
  search: { points: 60, windowSeconds: 10 },
  upload: { points: 60, windowSeconds: 60 },
  expensive: { points: 10, windowSeconds: 60 },
  // Handshakes of live connections; many people may stand behind one address, and all come back after a restart.
  realtime: { points: 300, windowSeconds: 60 },
  'sign-in-address': { points: 5, windowSeconds: 60 },
  'sign-in-account-address': { points: 10, windowSeconds: 300 },
  // Only tries that failed. Many addresses at once try passwords here.
  'sign-in-account': { points: 200, windowSeconds: 60 * 60 },
  // Each of these may send a mail to the account.
  'account-mail-address': { points: 5, windowSeconds: 60 * 60 },
  'sign-up-account': { points: 20, windowSeconds: 60 * 60 },
  'reset-account': { points: 20, windowSeconds: 60 * 60 },
  // Each invitation sends a mail to somebody who did not ask for it.
  'invitation-address': { points: 3, windowSeconds: 60 * 60 },
  'invitation-organization': { points: 50, windowSeconds: 24 * 60 * 60 },
  'invitation-sender': { points: 100, windowSeconds: 24 * 60 * 60 },
} as const satisfies Record<string, RateLimitPolicy>;

export type RateLimitPolicyName = keyof typeof defaultPolicies;
