import Link from 'next/link';
import { BrandName } from '@/components/brand-mark';
import { ButtonLink } from '@/components/button';

/** The head of the pages for everybody. */
export function SiteHeader() {
  return (
    <header className="flex items-center justify-between gap-4 py-6">
      <Link href="/" className="inline-block rounded-control">
        <BrandName />
      </Link>
      <ButtonLink href="/sign-in">Sign in</ButtonLink>
    </header>
  );
}
