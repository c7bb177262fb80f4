'use client';

import { useState } from 'react';
import { sendVerificationMail } from '@/api/accounts';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { useAction } from '@/platform/use-action';
import { AuthHeading } from './auth-heading';

interface CheckMailProps {
  email: string;
  /** Where the link in the mail ends. */
  callbackPath: string;
  /** Back to the form, to correct the address. */
  onChange: () => void;
}

/** After signing up: look into the mailbox; send again; correct the address. */
export function CheckMail({ email, callbackPath, onChange }: CheckMailProps) {
  const [sentAgain, setSentAgain] = useState(false);
  const again = useAction(async () => {
    await sendVerificationMail({ email, callbackURL: callbackPath });
    setSentAgain(true);
  });
  return (
    <>
      <AuthHeading title="Check your mail">
        We sent a link to <strong className="font-strong break-all text-ink">{email}</strong>. Follow it to confirm the address; it works
        for an hour.
      </AuthHeading>
      {again.failure === undefined ? null : <FailureNotice failure={again.failure} />}
      <div className="flex flex-col items-start gap-3">
        <Button busy={again.busy} disabled={sentAgain} onClick={() => void again.run()}>
          {sentAgain ? 'Sent again' : 'Send it again'}
        </Button>
        <button type="button" onClick={onChange} className="link rounded-control">
          Use another address
        </button>
      </div>
    </>
  );
}
