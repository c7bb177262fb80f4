'use client';

import { useRouter } from 'next/navigation';
import { removeMember } from '@/api/accounts';
import { ConfirmDialog } from '@/components/dialog';
import { FailureNotice } from '@/components/failure-notice';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';

interface RemoveMemberDialogProps {
  member: { id: string; name: string };
  organizationId: string;
  open: boolean;
  onClose: () => void;
}

/** Asks before somebody loses access. */
export function RemoveMemberDialog({ member, organizationId, open, onClose }: RemoveMemberDialogProps) {
  const router = useRouter();
  const action = useAction(async () => {
    await removeMember({ memberIdOrEmail: member.id, organizationId });
    onClose();
    showToast(`${member.name} was removed.`);
    router.refresh();
  });
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Remove ${member.name}?`}
      description="They lose access within a minute. What they uploaded stays."
      action="Remove"
      busy={action.busy}
      onConfirm={() => void action.run()}
    >
      {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
    </ConfirmDialog>
  );
}
