'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { destinations, isWithin } from './navigation';

/** The bar of four at the bottom of a phone. */
export function BottomBar() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid h-[var(--bar)] grid-cols-4">
        {destinations.map(({ href, label, Icon }) => {
          const current = isWithin(path, href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'flex h-full flex-col items-center justify-center gap-1 text-xs',
                  current ? 'font-strong text-ink [&>svg]:text-accent' : 'text-secondary',
                )}
              >
                <Icon aria-hidden className="size-5" strokeWidth={1.75} />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
