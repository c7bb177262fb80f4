'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { isWithin } from './navigation';

interface DestinationLinkProps {
  href: string;
  className: string;
  /** Classes while the reader is there, and while elsewhere. */
  look: { here: string; elsewhere: string };
  children: ReactNode;
}

/** A link to one of the destinations, which shows and says when the reader is there. */
export function DestinationLink({ href, className, look, children }: DestinationLinkProps) {
  const here = isWithin(usePathname(), href);
  return (
    <Link href={href} aria-current={here ? 'page' : undefined} className={clsx(className, here ? look.here : look.elsewhere)}>
      {children}
    </Link>
  );
}
