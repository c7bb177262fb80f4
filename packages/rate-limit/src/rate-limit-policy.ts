export interface RateLimitPolicy {
  /** How much may be used within a window. */
  points: number;
  /** The window begins with the first use of a key. */
  windowSeconds: number;
  /** Refuse everything while Redis is away, instead of counting in memory. For what costs money with each call. */
  blockOnOutage?: boolean;
}

export interface RateLimitDecision {
  allowed: boolean;
  policy: string;
  limit: number;
  windowSeconds: number;
  /** What is left until the reset; never negative. */
  remaining: number;
  /** Milliseconds until the window ends. */
  resetMs: number;
}
