'use client';

import { useState } from 'react';
import { changeEmail } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { useAction } from '@/platform/use-action';

/** Asks for another address; both the old and the new one are asked before it changes. */
export function ChangeEmailForm({ email }: { email: string }) {
  const [asked, setAsked] = useState<string>();
  const action = useAction(async (fields: FormFields) => {
    const newEmail = fields('email').trim();
    await changeEmail({ newEmail, callbackURL: '/settings?address' });
    setAsked(newEmail);
  });
  return (
    <ActionForm action={action} className="flex max-w-sm flex-col items-start gap-4">
      <p>
        Now <strong className="font-strong break-all">{email}</strong>
      </p>
      <TextField
        label="New address"
        name="email"
        type="email"
        required
        maxLength={254}
        autoComplete="email"
        inputMode="email"
        className="w-full"
      />
      <Button type="submit" busy={action.busy}>
        Change address
      </Button>
      {asked === undefined ? null : (
        <Notice tone="success">
          Almost there: first follow the link that we sent to {email}, then the one that reaches {asked}.
        </Notice>
      )}
    </ActionForm>
  );
}
