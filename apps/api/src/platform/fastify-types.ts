import type { RateLimitName, Route } from '@repo/contracts/route';
import type { Transaction } from '@repo/database/client';
import type { AppError } from '@repo/errors';
import type { Call, KeptAnswer } from './endpoint.js';
import type { Caller } from './principal.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by `@Endpoint`: the route of the contract that is served here. */
    endpoint?: Route;
    /** For routes outside the contract: which policy limits them. Without it they are not limited. */
    rateLimit?: RateLimitName;
    /** True for probes: never logged, measured or limited. */
    quiet?: boolean;
    /** True where a body may take any time to arrive as long as bytes keep coming. */
    arrivesSlowly?: boolean;
  }
  interface FastifyRequest {
    /** Null when nobody is signed in and no API key was sent. */
    caller: Caller | null;
    /** Ready before the handler of an endpoint runs. */
    call: Call<Route> | null;
    /** The client's address behind the trusted proxies or the web server. */
    clientAddress: string;
    /** When the request arrived, on the clock of `performance.now()`. */
    startedAt: number;
    /** What the request was refused with, for the log line. */
    failure: AppError | null;
    /** The Idempotency-Key under which this request works, and until when its answer is worth repeating. */
    reservation: { scope: string; key: string; lockedUntil: Date; expiresAt?: Date; kept: boolean } | null;
    /** Keeps the answer under that key, see `Call.keepAnswer`. Null without a key. */
    keepAnswer: ((tx: Transaction, answer: KeptAnswer) => Promise<void>) | null;
  }
}
