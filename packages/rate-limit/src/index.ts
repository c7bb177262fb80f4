export { createRateLimiter, type RateLimiter, type RateLimiterOptions } from './create-rate-limiter.js';
export { defaultPolicies, type RateLimitPolicyName } from './default-policies.js';
export { accountKey, addressKey } from './keys.js';
export { rateLimitHeaders } from './rate-limit-headers.js';
export type { RateLimitDecision, RateLimitPolicy } from './rate-limit-policy.js';
