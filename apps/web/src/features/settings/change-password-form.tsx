'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { changePassword } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { PasswordField } from '@/components/password-field';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';

/** Changes the password and ends every other session. */
export function ChangePasswordForm() {
  const router = useRouter();
  const [round, setRound] = useState(0);
  const action = useAction(async (fields: FormFields) => {
    await changePassword({ currentPassword: fields('current'), newPassword: fields('new'), revokeOtherSessions: true });
    showToast('Your new password is set.');
    // A new key empties the form.
    setRound(round + 1);
    router.refresh();
  });
  return (
    <ActionForm key={round} action={action} className="flex max-w-sm flex-col gap-4">
      <PasswordField label="Current password" name="current" autoComplete="current-password" />
      <PasswordField
        label="New password"
        name="new"
        autoComplete="new-password"
        hint="At least 12 characters. A few words in a row are good."
      />
      <Button type="submit" busy={action.busy} className="self-start">
        Change password
      </Button>
    </ActionForm>
  );
}
