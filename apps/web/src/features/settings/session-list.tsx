'use client';

import { useRouter } from 'next/navigation';
import { revokeOtherSessions, revokeSession } from '@/api/accounts';
import type { AccountSession } from '@/api/account-queries';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { RelativeTime } from '@/components/relative-time';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';
import { describeAddress } from './describe-address';
import { describeUserAgent } from './describe-user-agent';

/** Every place where the reader is signed in; each but this one can be ended. */
export function SessionList({ sessions }: { sessions: AccountSession[] }) {
  const router = useRouter();
  const end = useAction(async (token: string | null) => {
    await (token === null ? revokeOtherSessions() : revokeSession({ token }));
    showToast(token === null ? 'You are signed out everywhere else.' : 'The session was ended.');
    router.refresh();
  });
  return (
    <div className="flex flex-col items-start gap-5">
      {end.failure === undefined ? null : <FailureNotice failure={end.failure} />}
      <ul className="w-full divide-y divide-line border-b border-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center justify-between gap-4 py-3 first:pt-0">
            <div className="flex min-w-0 flex-col">
              <span className="font-strong">{describeUserAgent(session.userAgent ?? '')}</span>
              <span className="text-xs text-secondary">
                Signed in <RelativeTime at={session.createdAt} />
                <Origin address={session.ipAddress} />
              </span>
            </div>
            {session.current ? (
              <Badge tone="accent">This session</Badge>
            ) : (
              <Button size="small" disabled={end.busy} onClick={() => void end.run(session.token)}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button busy={end.busy} onClick={() => void end.run(null)}>
          Sign out everywhere else
        </Button>
      ) : null}
    </div>
  );
}

function Origin({ address }: { address: string | null | undefined }) {
  const words = describeAddress(address);
  return words === null ? null : <span className="break-all"> from {words}</span>;
}
