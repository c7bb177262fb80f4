import { env } from '@/env';
import { shutdownState } from '@/platform/shutdown-state';

export const dynamic = 'force-dynamic';

/** Whether this process wants traffic: 200, or 503 from the moment it is told to stop. Asks nobody else. */
export function GET(): Response {
  const { draining } = shutdownState();
  return Response.json(
    { status: draining ? 'draining' : 'ok', version: env().APP_VERSION },
    { status: draining ? 503 : 200, headers: { 'cache-control': 'no-store' } },
  );
}
