import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimitDecision, RateLimitPolicy } from './rate-limit-policy.js';
import type { SharedCounter } from './shared-counter.js';

/** One policy, counted in two places. */
export interface PolicyLimiter {
  /** Counts in Redis; rejects when Redis fails. */
  shared(key: string, cost: number): Promise<RateLimitDecision>;
  /** Counts in this process alone. */
  alone(key: string, cost: number): Promise<RateLimitDecision>;
  /** Keeps this process's count in step with what Redis has just counted. */
  remember(key: string, cost: number): Promise<void>;
  /** Takes a use out of this process's count again. */
  forget(key: string, cost: number): Promise<void>;
}

interface Surroundings {
  counter: SharedCounter;
  /** Processes that share the limit. */
  instances: number;
}

// From this window on, uses are also counted in memory, so that an outage hands out no fresh allowance. Shorter
// windows would have ended anyway by the time the outage is noticed.
const rememberFromSeconds = 10;
const blockedForMs = 5000;

export function createPolicyLimiter(name: string, policy: RateLimitPolicy, { counter, instances }: Surroundings): PolicyLimiter {
  const { points, windowSeconds } = policy;
  const keyPrefix = `rate-limit:${name}`;
  const ownPoints = Math.max(1, Math.floor(points / instances));
  const inMemory = new RateLimiterMemory({ keyPrefix, points: ownPoints, duration: windowSeconds });

  const decide = async (consumed: Promise<RateLimiterRes>, limit: number): Promise<RateLimitDecision> => {
    const { allowed, result } = await settle(consumed);
    return {
      allowed,
      policy: name,
      limit,
      windowSeconds,
      remaining: Math.max(0, result.remainingPoints),
      resetMs: Math.max(0, result.msBeforeNext),
    };
  };

  return {
    shared: async (key, cost) => {
      const { used, resetMs } = await counter.count({ key: `${keyPrefix}:${key}`, cost, windowMs: windowSeconds * 1000 });
      return { allowed: used <= points, policy: name, limit: points, windowSeconds, remaining: Math.max(0, points - used), resetMs };
    },
    alone: async (key, cost) => {
      if (policy.blockOnOutage) return { allowed: false, policy: name, limit: points, windowSeconds, remaining: 0, resetMs: blockedForMs };
      return decide(inMemory.consume(key, cost), ownPoints);
    },
    remember: async (key, cost) => {
      if (windowSeconds >= rememberFromSeconds) await inMemory.penalty(key, cost);
    },
    forget: async (key, cost) => {
      if (await inMemory.get(key)) await inMemory.reward(key, cost);
    },
  };
}

// The library rejects with the state of the key when it is used up, and with an error when its store fails.
async function settle(consumed: Promise<RateLimiterRes>): Promise<{ allowed: boolean; result: RateLimiterRes }> {
  try {
    return { allowed: true, result: await consumed };
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return { allowed: false, result: reason };
    throw reason;
  }
}
