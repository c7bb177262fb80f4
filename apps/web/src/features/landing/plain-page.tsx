import Link from 'next/link';
import type { ReactNode } from 'react';
import { BrandName } from '@/components/brand-mark';

/** A page of few words outside the signed-in part: the brand above, the words at reading width. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-5 sm:px-8">
      <header className="py-6">
        <Link href="/" className="inline-block rounded-control">
          <BrandName />
        </Link>
      </header>
      <main id="content" className="flex max-w-xl flex-col items-start gap-5 pt-[12vh] pb-20">
        {children}
      </main>
    </div>
  );
}
