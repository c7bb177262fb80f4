'use client';

import { useState } from 'react';
import { sendVerificationMail } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { useAction } from '@/platform/use-action';

/** Asks for another verification mail. Says the same whether there is such an account or not. */
export function ResendVerificationForm({ callbackPath }: { callbackPath: string }) {
  const [sent, setSent] = useState(false);
  const action = useAction(async (fields: FormFields) => {
    await sendVerificationMail({ email: fields('email').trim(), callbackURL: callbackPath });
    setSent(true);
  });
  if (sent) return <Notice tone="success">If this address waits for confirmation, a new link is on its way.</Notice>;
  return (
    <ActionForm action={action}>
      <TextField label="E-mail address" name="email" type="email" required autoComplete="email" inputMode="email" />
      <Button type="submit" variant="primary" busy={action.busy} className="h-10">
        Send a new link
      </Button>
    </ActionForm>
  );
}
