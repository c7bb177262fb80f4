'use client';

import { Ellipsis, Send, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Invitation } from '@/api/account-queries';
import { cancelInvitation, inviteMember } from '@/api/accounts';
import { readFailure } from '@/api/read-failure';
import { IconButton } from '@/components/button';
import { Menu, MenuItem } from '@/components/menu';
import { showToast } from '@/components/toast-store';

/** Sends an invitation again or takes it back. */
export function InvitationMenu({ invitation, organizationId }: { invitation: Invitation; organizationId: string }) {
  const router = useRouter();
  const act = async (done: string, work: () => Promise<unknown>) => {
    try {
      await work();
      showToast(done);
      router.refresh();
    } catch (thrown) {
      showToast(readFailure(thrown).detail, { tone: 'danger' });
    }
  };
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
          void act(`The invitation was sent again to ${email}.`, () => inviteMember({ email, role, organizationId, resend: true }))
        }
      >
        <Send aria-hidden /> Send again
      </MenuItem>
      <MenuItem danger onSelect={() => void act(`The invitation of ${email} was cancelled.`, () => cancelInvitation({ invitationId: id }))}>
        <X aria-hidden /> Cancel invitation
      </MenuItem>
    </Menu>
  );
}
