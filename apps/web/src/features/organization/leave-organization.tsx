'use client';

import { useState } from 'react';
import { leaveOrganization } from '@/api/accounts';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { FailureNotice } from '@/components/failure-notice';
import { useAction } from '@/platform/use-action';

/** Ends the reader's own membership, after a question. */
export function LeaveOrganization({ organizationId, name }: { organizationId: string; name: string }) {
  const [asking, setAsking] = useState(false);
  const action = useAction(async () => {
    await leaveOrganization({ organizationId });
    window.location.assign('/welcome');
  });
  return (
    <>
      <Button className="max-w-full" onClick={() => setAsking(true)}>
        <span className="truncate">Leave {name}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Leave ${name}?`}
        description="To come back you need a new invitation."
        action="Leave"
        busy={action.busy}
        onConfirm={() => void action.run()}
      >
        {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
      </ConfirmDialog>
    </>
  );
}
