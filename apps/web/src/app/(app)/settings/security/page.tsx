import type { Metadata } from 'next';
import { listSessions } from '@/api/account-queries';
import { Section } from '@/components/section';
import { ChangePasswordForm } from '@/features/settings/change-password-form';
import { SessionList } from '@/features/settings/session-list';

export const metadata: Metadata = { title: 'Security' };

export default async function SecurityPage() {
  const sessions = await listSessions();
  return (
    <>
      <Section title="Password" description="Changing it signs you out everywhere else.">
        <ChangePasswordForm />
      </Section>
      <Section
        title="Where you are signed in"
        description="A session ends after 30 days. One that you end here is shut out within a minute."
      >
        <SessionList sessions={sessions} />
      </Section>
    </>
  );
}
