import { maxQueryCharacters } from '@repo/contracts/search';
import type { ReactNode } from 'react';
import type { Membership } from '@/api/membership';
import { SearchShortcut } from '@/features/search/search-shortcut';

/** What the signed-in pages need around them all. Each mounts here once. */
export function AppProviders({ children }: { session: Membership; children: ReactNode }) {
  return (
    <>
      {children}
      <SearchShortcut maxCharacters={maxQueryCharacters} />
    </>
  );
}
