import 'server-only';
import { headers } from 'next/headers';
import { env } from '@/env';
import { clientAddress } from '@/platform/client-address';

/**
 * The demo account, for a visitor who sits at this machine; null for everybody else. A copy that runs on a desk
 * is often reachable from the whole network, and the demo organization may hold real files by then.
 */
export async function findDemoAccount(): Promise<{ email: string; password: string } | null> {
  const { DEMO_EMAIL: email, DEMO_PASSWORD: password } = env();
  if (email === undefined || password === undefined) return null;
  return isLoopback(clientAddress((await headers()).get('x-forwarded-for'))) ? { email, password } : null;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}
