'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const everyone = [
  { href: '/settings', label: 'Profile' },
  { href: '/settings/security', label: 'Security' },
  { href: '/settings/organization', label: 'Organization' },
];

/** The places of the settings that the reader's role may open. They wrap on a phone. */
export function SettingsLinks({ admin, owner }: { admin: boolean; owner: boolean }) {
  const path = usePathname();
  const links = [
    ...everyone,
    ...(admin ? [{ href: '/settings/api-keys', label: 'API keys' }] : []),
    ...(owner ? [{ href: '/settings/failed-jobs', label: 'Failed jobs' }] : []),
  ];
  return (
    <nav aria-label="Settings" className="mb-8">
      <ul className="flex flex-wrap gap-x-3.5 border-b border-line text-xs sm:gap-x-6 sm:text-sm">
        {links.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : undefined}
              className={clsx(
                '-mb-px inline-flex h-10 items-center border-b-2 transition-colors',
                path === href ? 'border-accent font-strong text-ink' : 'border-transparent text-secondary hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
