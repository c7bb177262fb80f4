'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { KeyHint } from '@/components/key-hint';
import { destinations, isWithin } from './navigation';

/** The destinations, one under the other. */
export function RailLinks() {
  const path = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {destinations.map(({ href, label, Icon, keyHint }) => {
        const current = isWithin(path, href);
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={current ? 'page' : undefined}
              className={clsx(
                'flex h-9 items-center gap-2.5 rounded-control px-2.5 transition-colors',
                current ? 'bg-line/60 font-strong text-ink [&>svg]:text-accent' : 'text-secondary hover:bg-line/35 hover:text-ink',
              )}
            >
              <Icon aria-hidden className="size-4.5" strokeWidth={1.75} />
              <span className="flex-1">{label}</span>
              {keyHint === undefined ? null : (
                <span aria-hidden="true">
                  <KeyHint>{keyHint}</KeyHint>
                </span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
