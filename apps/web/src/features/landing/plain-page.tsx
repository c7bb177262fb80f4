import type { ReactNode } from 'react';
import { SiteFooter } from './site-footer';
import { SiteHeader } from './site-header';

/** A page of few words outside the signed-in part: the words at reading width, head and foot as everywhere. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5 sm:px-8">
      <SiteHeader />
      <main id="content" className="flex max-w-xl flex-1 flex-col items-start gap-6 pt-[10vh] pb-20">
        {children}
      </main>
      <SiteFooter />
    </div>
  );
}
