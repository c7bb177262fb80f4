import type { Metadata } from 'next';
import { currentMembership } from '@/api/server';
import { Section } from '@/components/section';
import { ChangeEmailForm } from '@/features/settings/change-email-form';
import { NameForm } from '@/features/settings/name-form';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const { user } = await currentMembership();
  return (
    <>
      <Section title="Name" description="Shown beside what you upload.">
        <NameForm name={user.name} />
      </Section>
      <Section title="E-mail address" description="You sign in with it, and mails go there.">
        <ChangeEmailForm email={user.email} />
      </Section>
    </>
  );
}
