'use client';

import Link from 'next/link';
import { useState } from 'react';
import { requestPasswordReset } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { useAction } from '@/platform/use-action';

/** Asks for the mail with the reset link. Says the same whether there is such an account or not. */
export function ForgotPasswordForm() {
  const [sent, setSent] = useState(false);
  const action = useAction(async (fields: FormFields) => {
    await requestPasswordReset({ email: fields('email').trim(), redirectTo: '/reset-password' });
    setSent(true);
  });
  if (sent) return <Notice tone="success">If there is an account with this address, a link is on its way. It works for an hour.</Notice>;
  return (
    <ActionForm action={action}>
      <TextField label="E-mail address" name="email" type="email" required autoComplete="email" inputMode="email" />
      <Button type="submit" variant="primary" busy={action.busy} className="h-10">
        Send the link
      </Button>
      <p className="text-secondary">
        It came back to you?{' '}
        <Link className="link" href="/sign-in">
          Sign in
        </Link>
      </p>
    </ActionForm>
  );
}
