import { AppError } from '@repo/errors';
import { addressKey, type RateLimiter, type RateLimitPolicyName } from '@repo/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticate } from './authenticate.js';
import { principalFor } from './authorize.js';
import { checkCrossSite } from './check-cross-site.js';
import { limit } from './limit.js';
import type { Caller } from './principal.js';

interface Options {
  authenticate: Authenticate;
  limiter: RateLimiter<RateLimitPolicyName>;
  appOrigin: string;
}

/**
 * Decides, before a body is read, whether a request may go on: same site, known caller, within the limit, allowed by
 * the route. Routes that name neither an endpoint nor a limit (probes, accounts) only pass the cross-site check.
 */
export function guardRequests(server: FastifyInstance, { authenticate, limiter, appOrigin }: Options): void {
  server.addHook('onRequest', async (request, reply) => {
    const { endpoint, rateLimit = endpoint?.rateLimit } = request.routeOptions.config ?? {};
    if (!sendsApiKey(request)) checkCrossSite(request, appOrigin);
    if (!rateLimit) return;
    const found = await identify(authenticate, request);
    request.caller = found instanceof AppError ? null : found;
    await limit(limiter, { uses: [{ policy: rateLimit, key: limitKey(request) }], reply });
    if (found instanceof AppError) throw found;
    if (endpoint) principalFor(endpoint, found);
  });
}

/** A key that does not hold is answered only after it was counted, so that keys cannot be guessed at full speed. */
async function identify(authenticate: Authenticate, request: FastifyRequest): Promise<Caller | null | AppError> {
  try {
    return await authenticate(request);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'unauthenticated') return error;
    throw error;
  }
}

function limitKey({ caller, clientAddress }: FastifyRequest): string {
  if (!caller) return `address:${addressKey(clientAddress)}`;
  return caller.kind === 'user' ? `user:${caller.userId}` : `key:${caller.apiKeyId}`;
}

function sendsApiKey({ headers }: FastifyRequest): boolean {
  return headers['x-api-key'] !== undefined || headers.authorization?.startsWith('Bearer ') === true;
}
