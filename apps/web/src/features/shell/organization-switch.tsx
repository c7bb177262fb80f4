'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { setActiveOrganization } from '@/api/accounts';
import type { Membership } from '@/api/membership';
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/menu';
import { orToast } from '@/components/or-toast';
import { Monogram } from './monogram';

/** Shows the organization that is acted in, and changes it. */
export function OrganizationSwitch({ session }: { session: Membership }) {
  const [switching, setSwitching] = useState(false);
  const change = async (organizationId: string) => {
    setSwitching(true);
    // Everything on the page belongs to the other organization then: start from its documents.
    if (await orToast(() => setActiveOrganization({ organizationId }))) window.location.assign('/documents');
    else setSwitching(false);
  };
  return (
    <Menu
      align="start"
      className="w-64"
      trigger={
        <button
          type="button"
          disabled={switching}
          className="flex h-11 min-w-0 items-center gap-2.5 rounded-control px-2 text-left transition-colors hover:bg-line/35 data-[state=open]:bg-line/35"
        >
          <Monogram name={session.organization.name} />
          <span className="min-w-0 flex-1 truncate font-strong">{session.organization.name}</span>
          <span className="sr-only">, switch organization</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-secondary" />
        </button>
      }
    >
      <MenuLabel>Organizations</MenuLabel>
      {session.organizations.map((organization) => {
        const current = organization.id === session.organization.id;
        return (
          <MenuItem
            key={organization.id}
            disabled={current}
            className="data-[disabled]:opacity-100"
            onSelect={() => void change(organization.id)}
          >
            <Monogram name={organization.name} />
            <span className="min-w-0 flex-1 truncate">{organization.name}</span>
            {current ? <Check aria-label="Current" /> : null}
          </MenuItem>
        );
      })}
      <MenuLine />
      <MenuItem asChild>
        <Link href="/welcome?another">
          <Plus aria-hidden /> New organization
        </Link>
      </MenuItem>
    </Menu>
  );
}
