'use client';

import { DestinationLink } from './destination-link';
import { destinations } from './navigation';

/** The bar of four at the bottom of a phone. */
export function BottomBar() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid h-[var(--bar)] grid-cols-4">
        {destinations.map(({ href, label, Icon }) => (
          <li key={href}>
            <DestinationLink
              href={href}
              className="flex h-full flex-col items-center justify-center gap-1 text-xs"
              look={{ here: 'font-strong text-ink [&>svg]:text-accent', elsewhere: 'text-secondary' }}
            >
              <Icon aria-hidden className="size-5" strokeWidth={1.75} />
              {label}
            </DestinationLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
