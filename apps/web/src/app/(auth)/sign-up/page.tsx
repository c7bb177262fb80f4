import type { Metadata } from 'next';
import { SignUpForm } from '@/features/accounts/sign-up-form';
import { safeNextPath } from '@/platform/safe-next-path';
import type { PageQuery } from '@/platform/page-query';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: { searchParams: PageQuery }) {
  const { next } = await searchParams;
  return <SignUpForm next={next === undefined ? undefined : safeNextPath(next)} />;
}
