'use client';

import { Ellipsis, Send, X } from 'lucide-react';
import type { Invitation } from '@/api/account-queries';
import { cancelInvitation, inviteMember } from '@/api/accounts';
import { IconButton } from '@/components/button';
import { Menu, MenuItem } from '@/components/menu';
import { useChange } from '@/components/use-change';

/** Sends an invitation again or takes it back. */
export function InvitationMenu({ invitation, organizationId }: { invitation: Invitation; organizationId: string }) {
  const change = useChange();
  const { id, email, role } = invitation;
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${email}`}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        onSelect={() =>
          void change(`The invitation was sent again to ${email}.`, () => inviteMember({ email, role, organizationId, resend: true }))
        }
      >
        <Send aria-hidden /> Send again
      </MenuItem>
      <MenuItem
        danger
        onSelect={() => void change(`The invitation of ${email} was cancelled.`, () => cancelInvitation({ invitationId: id }))}
      >
        <X aria-hidden /> Cancel invitation
      </MenuItem>
    </Menu>
  );
}
