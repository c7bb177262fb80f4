import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { findSession } from '@/api/server';
import { Notice } from '@/components/notice';
import { AuthHeading } from '@/features/accounts/auth-heading';
import { findDemoAccount } from '@/features/accounts/demo-account';
import { SignInForm } from '@/features/accounts/sign-in-form';
import { safeNextPath } from '@/platform/safe-next-path';
import type { PageQuery } from '@/platform/page-query';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: PageQuery }) {
  const query = await searchParams;
  const next = safeNextPath(query.next);
  const session = await findSession().catch(() => null);
  if (session !== null) redirect(next);
  const demo = query.demo === undefined ? null : await findDemoAccount();
  return (
    <>
      <AuthHeading title="Sign in">
        New here?{' '}
        <Link className="link" href={query.next === undefined ? '/sign-up' : `/sign-up?next=${encodeURIComponent(next)}`}>
          Create an account
        </Link>
      </AuthHeading>
      {query.reset === undefined ? null : <Notice tone="success">Your new password is set. Sign in with it.</Notice>}
      {demo === null ? null : <Notice>This is the demo account of this machine. Sign in to look around.</Notice>}
      <SignInForm next={next} demo={demo} />
    </>
  );
}
