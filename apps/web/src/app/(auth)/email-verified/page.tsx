import type { Metadata } from 'next';
import Link from 'next/link';
import { findSession } from '@/api/server';
import { ButtonLink } from '@/components/button';
import { AuthHeading } from '@/features/accounts/auth-heading';
import { ResendVerificationForm } from '@/features/accounts/resend-verification-form';
import { verifiedPath } from '@/features/accounts/verified-path';
import { safeNextPath } from '@/platform/safe-next-path';
import type { PageQuery } from '@/platform/page-query';

export const metadata: Metadata = { title: 'E-mail address' };

/** Where the links of verification mails end, with `error` when the link was not good. */
export default async function EmailVerifiedPage({ searchParams }: { searchParams: PageQuery }) {
  const { error, next } = await searchParams;
  const path = safeNextPath(next);
  if (error !== undefined) {
    return (
      <>
        <AuthHeading title="This link does not work any more">
          It was used already, or it is older than an hour. Ask for a new one, or{' '}
          <Link className="link" href={`/sign-in?next=${encodeURIComponent(path)}`}>
            sign in
          </Link>{' '}
          if your address is confirmed.
        </AuthHeading>
        <ResendVerificationForm callbackPath={verifiedPath(next === undefined ? undefined : path)} />
      </>
    );
  }
  const session = await findSession().catch(() => null);
  return (
    <>
      <AuthHeading title="Your address is confirmed">
        {session === null ? 'Sign in to continue.' : `You are signed in as ${session.user.email}.`}
      </AuthHeading>
      <ButtonLink variant="primary" className="self-start" href={session === null ? `/sign-in?next=${encodeURIComponent(path)}` : path}>
        {session === null ? 'Sign in' : 'Continue'}
      </ButtonLink>
    </>
  );
}
