import { invariant } from '@repo/errors';
import type { Redis } from '@repo/redis';
import { createCircuit } from './circuit.js';
import { createPolicyLimiter, type PolicyLimiter } from './policy-limiter.js';
import { createSharedCounter } from './shared-counter.js';
import type { RateLimitDecision, RateLimitPolicy } from './rate-limit-policy.js';

export interface RateLimiterOptions<Name extends string> {
  /** A fail-fast connection. */
  redis: Redis;
  policies: Readonly<Record<Name, RateLimitPolicy>>;
  /** Processes that share the limits: while Redis is away each grants its part. Default 1. */
  instances?: number;
  /** Called when counting moves to memory (true) and back to Redis (false). */
  onOutage?: (outage: boolean, reason?: unknown) => void;
}

export interface RateLimiter<Name extends string> {
  /**
   * Uses `cost` points (a whole number from 1, default 1) of a key. Answers within half a second, with or without
   * Redis, and never throws because of it. Throws `service.bug` for an unknown policy or cost.
   */
  consume(policy: Name, key: string, cost?: number): Promise<RateLimitDecision>;
  /** Gives one used point back, for what turned out not to count. Never throws because of Redis. */
  giveBack(policy: Name, key: string): Promise<void>;
}

/** Longer than this Redis is not waited for. */
const redisTimeoutMs = 250;
/** After a failure Redis is left alone for this long. */
const retryAfterMs = 1000;

/** Counts uses in Redis, shared by all processes, and in this process's memory while Redis is away. */
export function createRateLimiter<Name extends string>(options: RateLimiterOptions<Name>): RateLimiter<Name> {
  const { redis, policies, instances = 1, onOutage } = options;
  const circuit = createCircuit({ timeoutMs: redisTimeoutMs, retryAfterMs, ...(onOutage ? { onChange: onOutage } : {}) });
  const counter = createSharedCounter(redis);
  const limiters = new Map<string, PolicyLimiter>();
  for (const [name, policy] of Object.entries<RateLimitPolicy>(policies))
    limiters.set(name, createPolicyLimiter(name, policy, { counter, instances }));

  const countShared = async (limiter: PolicyLimiter, key: string, cost: number): Promise<RateLimitDecision | undefined> => {
    if (redis.status === 'ready') return circuit.run(() => limiter.shared(key, cost));
    circuit.open(new Error(`the connection is ${redis.status}`));
    return undefined;
  };

  const limiterOf = (policy: Name): PolicyLimiter => {
    const limiter = limiters.get(policy);
    invariant(limiter, `there is no rate limit policy ${policy}`);
    return limiter;
  };

  return {
    async consume(policy, key, cost = 1) {
      const limiter = limiterOf(policy);
      invariant(Number.isInteger(cost) && cost > 0, `a use costs a whole number of points, not ${cost}`);
      const decision = await countShared(limiter, key, cost);
      if (decision === undefined) return limiter.alone(key, cost);
      await limiter.remember(key, cost);
      return decision;
    },
    async giveBack(policy, key) {
      const limiter = limiterOf(policy);
      await countShared(limiter, key, -1);
      await limiter.forget(key, 1);
    },
  };
}
