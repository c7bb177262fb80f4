'use client';

import type { CurrentSession } from '@repo/contracts/session';
import { setActiveOrganization } from '@/api/accounts';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { useAction } from '@/platform/use-action';

/** The organizations that the user belongs to, when none is acted in. */
export function ChooseOrganization({ organizations }: { organizations: CurrentSession['organizations'] }) {
  const action = useAction(async (organizationId: string) => {
    await setActiveOrganization({ organizationId });
    window.location.assign('/documents');
  });
  return (
    <section aria-label="Your organizations" className="flex flex-col divide-y divide-line border-y border-line">
      {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
      {organizations.map(({ id, name }) => (
        <p key={id} className="flex items-center justify-between gap-4 py-3">
          <span className="min-w-0 truncate font-strong">{name}</span>
          <Button size="small" disabled={action.busy} onClick={() => void action.run(id)}>
            Open
          </Button>
        </p>
      ))}
    </section>
  );
}
