'use client';

import { Ellipsis, UserMinus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeMember } from '@/api/accounts';
import { IconButton } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { FailureNotice } from '@/components/failure-notice';
import { Menu, MenuItem } from '@/components/menu';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';

/** What can be done to a member: remove, after a question. */
export function MemberMenu({ memberId, name, organizationId }: { memberId: string; name: string; organizationId: string }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const action = useAction(async () => {
    await removeMember({ memberIdOrEmail: memberId, organizationId });
    setAsking(false);
    showToast(`${name} was removed.`);
    router.refresh();
  });
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Actions for ${name}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem danger onSelect={() => setAsking(true)}>
          <UserMinus aria-hidden /> Remove
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Remove ${name}?`}
        description="They lose access within a minute. What they uploaded stays."
        action="Remove"
        busy={action.busy}
        onConfirm={() => void action.run()}
      >
        {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
      </ConfirmDialog>
    </>
  );
}
