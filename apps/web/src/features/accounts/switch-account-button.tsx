'use client';

import { signOut } from '@/api/accounts';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { useAction } from '@/platform/use-action';

/** Signs out and leads back through the sign-in page. */
export function SwitchAccountButton({ next }: { next: string }) {
  const action = useAction(async () => {
    await signOut();
    window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
  });
  return (
    <div className="flex flex-col items-start gap-4">
      {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
      <Button variant="primary" busy={action.busy} onClick={() => void action.run()}>
        Use another account
      </Button>
    </div>
  );
}
