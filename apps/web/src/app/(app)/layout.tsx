import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { currentMembership } from '@/api/server';
import { Toaster } from '@/components/toaster';
import { BottomBar } from '@/features/shell/bottom-bar';
import { Rail } from '@/features/shell/rail';
import { SkipLink } from '@/features/shell/skip-link';
import { TopBar } from '@/features/shell/top-bar';
import { parseTheme, themeCookie } from '@/platform/theme';
import { AppProviders } from './app-providers';

/** The signed-in part: rail, content, nothing else. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentMembership();
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <AppProviders session={session}>
      <SkipLink />
      <div className="md:grid md:min-h-dvh md:grid-cols-[var(--rail)_minmax(0,1fr)]">
        <Rail session={session} theme={theme} />
        <TopBar session={session} theme={theme} />
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 px-4 pt-6 pb-[calc(var(--bar)+3rem)] outline-none sm:px-8 md:px-10 md:py-10 lg:px-14"
        >
          <div className="mx-auto max-w-5xl">{children}</div>
        </main>
        <BottomBar />
      </div>
      <Toaster />
    </AppProviders>
  );
}
