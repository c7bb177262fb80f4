import type { Metadata } from 'next';
import { ButtonLink } from '@/components/button';
import { AuthHeading } from '@/features/accounts/auth-heading';
import { ResetPasswordForm } from '@/features/accounts/reset-password-form';
import type { PageQuery } from '@/platform/page-query';

/** The token stands in the address; no other site may learn it. */
export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' };

export default async function ResetPasswordPage({ searchParams }: { searchParams: PageQuery }) {
  const { token } = await searchParams;
  if (typeof token !== 'string') {
    return (
      <>
        <AuthHeading title="This link does not work any more">It was used already, or it is older than an hour.</AuthHeading>
        <ButtonLink variant="primary" className="self-start" href="/forgot-password">
          Ask for a new one
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <AuthHeading title="Choose a new password">You will be signed out everywhere else.</AuthHeading>
      <ResetPasswordForm token={token} />
    </>
  );
}
