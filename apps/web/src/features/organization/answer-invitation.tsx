'use client';

import { acceptInvitation, rejectInvitation } from '@/api/accounts';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { useAction } from '@/platform/use-action';

/** Join or decline. */
export function AnswerInvitation({ invitationId }: { invitationId: string }) {
  const accept = useAction(async () => {
    await acceptInvitation({ invitationId });
    window.location.assign('/documents');
  });
  const decline = useAction(async () => {
    await rejectInvitation({ invitationId });
    window.location.assign('/welcome');
  });
  const failure = accept.failure ?? decline.failure;
  return (
    <div className="flex flex-col gap-4">
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      <div className="flex gap-3">
        <Button variant="primary" busy={accept.busy} disabled={decline.busy} onClick={() => void accept.run()}>
          Join
        </Button>
        <Button busy={decline.busy} disabled={accept.busy} onClick={() => void decline.run()}>
          Decline
        </Button>
      </div>
    </div>
  );
}
