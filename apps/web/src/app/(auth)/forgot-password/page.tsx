import type { Metadata } from 'next';
import { AuthHeading } from '@/features/accounts/auth-heading';
import { ForgotPasswordForm } from '@/features/accounts/forgot-password-form';

export const metadata: Metadata = { title: 'Forgot password' };

export default function ForgotPasswordPage() {
  return (
    <>
      <AuthHeading title="Choose a new password">Tell us your address, and we send you a link that lets you set one.</AuthHeading>
      <ForgotPasswordForm />
    </>
  );
}
