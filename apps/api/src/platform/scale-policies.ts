import { defaultPolicies, type RateLimitPolicy, type RateLimitPolicyName } from '@repo/rate-limit';

/** The limits of the product, each multiplied by `factor`: load and browser tests need more than people do. */
export function scalePolicies(factor: number): Record<RateLimitPolicyName, RateLimitPolicy> {
  const scaled = Object.entries(defaultPolicies).map(([name, policy]) => [name, { ...policy, points: policy.points * factor }]);
  return Object.fromEntries(scaled) as Record<RateLimitPolicyName, RateLimitPolicy>;
}
