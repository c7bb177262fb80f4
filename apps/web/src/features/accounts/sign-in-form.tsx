'use client';

import Link from 'next/link';
import { signIn } from '@/api/accounts';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/password-field';
import { useAction } from '@/platform/use-action';
import { verifiedPath } from './verified-path';

interface SignInFormProps {
  /** The path to open afterwards. */
  next: string;
  demo: { email: string; password: string } | null;
}

/** E-mail address and password. */
export function SignInForm({ next, demo }: SignInFormProps) {
  const action = useAction(async (fields: FormFields) => {
    // Who has not confirmed the address gets another mail; its link must lead back here.
    await signIn({ email: fields('email').trim(), password: fields('password'), callbackURL: verifiedPath(next) });
    // A full load: everything rendered before belongs to nobody.
    window.location.assign(next);
    await untilUnloaded();
  });
  return (
    <ActionForm action={action}>
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        required
        autoComplete="email"
        inputMode="email"
        defaultValue={demo?.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        defaultValue={demo?.password}
        aside={
          <Link className="link" href="/forgot-password">
            Forgot it?
          </Link>
        }
      />
      <Button type="submit" variant="primary" busy={action.busy} className="h-10">
        Sign in
      </Button>
    </ActionForm>
  );
}

/** Keeps the button busy while the browser leaves the page. */
function untilUnloaded(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 10_000);
  });
}
