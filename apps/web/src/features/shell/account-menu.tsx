'use client';

import { clsx } from 'clsx';
import { LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { signOut } from '@/api/accounts';
import type { Membership } from '@/api/membership';
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuLine } from '@/components/menu';
import { orToast } from '@/components/or-toast';
import { parseTheme, type Theme } from '@/platform/theme';
import { applyTheme } from './apply-theme';

interface AccountMenuProps {
  user: Membership['user'];
  theme: Theme;
  /** The icon alone, for the bar of a phone. */
  compact?: boolean;
}

/** Who is signed in: settings, colours, sign out. */
export function AccountMenu({ user, theme, compact = false }: AccountMenuProps) {
  const [chosen, setChosen] = useState(theme);
  return (
    <Menu
      align={compact ? 'end' : 'start'}
      side={compact ? 'bottom' : 'top'}
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={compact ? `Account of ${user.name}` : undefined}
          className={clsx(
            'flex min-w-0 items-center gap-2.5 rounded-control text-left transition-colors hover:bg-line/35 data-[state=open]:bg-line/35',
            compact ? 'size-11 justify-center' : 'px-2 py-1.5',
          )}
        >
          <UserRound aria-hidden className="size-5 shrink-0 text-secondary" strokeWidth={1.75} />
          {compact ? null : (
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-strong">{user.name}</span>
              <span className="truncate text-xs text-secondary">{user.email}</span>
            </span>
          )}
        </button>
      }
    >
      {compact ? <MenuLabel>{user.email}</MenuLabel> : null}
      <MenuItem asChild>
        <Link href="/settings">
          <UserRound aria-hidden /> Your account
        </Link>
      </MenuItem>
      <MenuLine />
      <MenuLabel>Colours</MenuLabel>
      <MenuChoices
        value={chosen}
        onValueChange={(value) => {
          const next = parseTheme(value);
          applyTheme(next);
          setChosen(next);
        }}
      >
        <MenuChoice value="light">Light</MenuChoice>
        <MenuChoice value="dark">Dark</MenuChoice>
        <MenuChoice value="system">As the device</MenuChoice>
      </MenuChoices>
      <MenuLine />
      <MenuItem onSelect={() => void leave()}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}

async function leave(): Promise<void> {
  if (await orToast(signOut)) window.location.assign('/');
}
