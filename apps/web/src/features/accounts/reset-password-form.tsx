'use client';

import Link from 'next/link';
import { resetPassword } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { PasswordField } from '@/components/password-field';
import { useAction } from '@/platform/use-action';

/** Sets a new password with the token of the mail, then leads to signing in with it. */
export function ResetPasswordForm({ token }: { token: string }) {
  const action = useAction(async (fields: FormFields) => {
    await resetPassword({ newPassword: fields('password'), token });
    window.location.assign('/sign-in?reset');
  });
  const linkIsSpent = action.failure?.code === 'INVALID_TOKEN' || action.failure?.code === 'TOKEN_EXPIRED';
  return (
    <ActionForm action={action}>
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        hint="At least 12 characters. A few words in a row are good."
      />
      <Button type="submit" variant="primary" busy={action.busy} className="h-10">
        Set password
      </Button>
      {linkIsSpent ? (
        <Link className="link self-start" href="/forgot-password">
          Ask for a new link
        </Link>
      ) : null}
    </ActionForm>
  );
}
