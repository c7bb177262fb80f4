import { brand } from '@repo/brand';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { BrandName } from '@/components/brand-mark';
import { PlinthDrawing } from '@/components/plinth-drawing';

/** The pages around signing in: the form at the left, a quiet picture at the right where there is room. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex flex-col px-5 sm:px-10 lg:px-16">
        <header className="py-6">
          <Link href="/" className="inline-block rounded-control">
            <BrandName />
          </Link>
        </header>
        <main id="content" className="mx-auto flex w-full max-w-[23rem] flex-1 flex-col justify-center gap-7 pb-[12vh] pt-6">
          {children}
        </main>
      </div>
      <aside aria-label={`About ${brand.name}`} className="hidden border-l border-line bg-surface lg:flex lg:flex-col lg:justify-between">
        <p className="max-w-[22rem] px-12 pt-24 font-serif text-xl text-balance">{brand.tagline}</p>
        <PlinthDrawing className="w-full max-w-[40rem] self-center" />
      </aside>
    </div>
  );
}
