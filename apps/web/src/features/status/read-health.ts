import 'server-only';
import { healthSchema, type Health } from '@repo/contracts/health';
import { env } from '@/env';

const timeoutMs = 4000;

/** What the API says about itself and its parts, or null when it does not answer. A degraded API answers with 503. */
export async function readHealth(): Promise<Health | null> {
  try {
    const response = await fetch(new URL('/health', env().API_INTERNAL_URL), { cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
    return healthSchema.parse(await response.json());
  } catch {
    return null;
  }
}
