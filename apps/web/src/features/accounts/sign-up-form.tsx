'use client';

import Link from 'next/link';
import { useState } from 'react';
import { signUp } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/password-field';
import { useAction } from '@/platform/use-action';
import { AuthHeading } from './auth-heading';
import { CheckMail } from './check-mail';
import { verifiedPath } from './verified-path';

/** Makes an account, then asks to look into the mailbox. Says the same whether the address has an account or not. */
export function SignUpForm({ next }: { next: string | undefined }) {
  const [sentTo, setSentTo] = useState<string>();
  const action = useAction(async (fields: FormFields) => {
    const email = fields('email').trim();
    await signUp({ name: fields('name').trim(), email, password: fields('password'), callbackURL: verifiedPath(next) });
    setSentTo(email);
  });
  if (sentTo !== undefined) return <CheckMail email={sentTo} callbackPath={verifiedPath(next)} onChange={() => setSentTo(undefined)} />;
  return (
    <>
      <AuthHeading title="Create an account">
        Have one already?{' '}
        <Link className="link" href={next === undefined ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`}>
          Sign in
        </Link>
      </AuthHeading>
      <ActionForm action={action}>
        <TextField label="Your name" name="name" required maxLength={100} autoComplete="name" />
        <TextField label="E-mail address" name="email" type="email" required maxLength={254} autoComplete="email" inputMode="email" />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="new-password"
          hint="At least 12 characters. A few words in a row are good."
        />
        <Button type="submit" variant="primary" busy={action.busy} className="h-10">
          Create account
        </Button>
      </ActionForm>
    </>
  );
}
