'use client';

import type { Role } from '@repo/contracts/session';
import { Ellipsis, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { updateMemberRole } from '@/api/accounts';
import { IconButton } from '@/components/button';
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuLine } from '@/components/menu';
import { useChange } from '@/components/use-change';
import { RemoveMemberDialog } from './remove-member-dialog';
import { givableRoles, roles } from './roles';

interface MemberMenuProps {
  member: { id: string; name: string; role: Role };
  organizationId: string;
  /** The role of the reader. */
  by: Role;
}

/** What can be done to a member: give another role, or remove. */
export function MemberMenu({ member, organizationId, by }: MemberMenuProps) {
  const change = useChange();
  const [asking, setAsking] = useState(false);
  const giveRole = (role: Role) =>
    change(`${member.name} is now ${roles[role].label.toLowerCase()}.`, () =>
      updateMemberRole({ memberId: member.id, role, organizationId }),
    );
  return (
    <>
      <Menu
        className="w-72"
        trigger={
          <IconButton label={`Actions for ${member.name}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuLabel>Role</MenuLabel>
        <MenuChoices value={member.role}>
          {givableRoles(by).map((role) => (
            <MenuChoice key={role} value={role} onSelect={() => (role === member.role ? undefined : void giveRole(role))}>
              {roles[role].label}
              <span className="block text-xs font-normal whitespace-normal text-secondary">{roles[role].meaning}</span>
            </MenuChoice>
          ))}
        </MenuChoices>
        <MenuLine />
        <MenuItem danger onSelect={() => setAsking(true)}>
          <UserMinus aria-hidden /> Remove
        </MenuItem>
      </Menu>
      <RemoveMemberDialog member={member} organizationId={organizationId} open={asking} onClose={() => setAsking(false)} />
    </>
  );
}
