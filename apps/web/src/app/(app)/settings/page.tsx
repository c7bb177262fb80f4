import type { Metadata } from 'next';
import { currentMembership } from '@/api/server';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import { ChangeEmailForm } from '@/features/settings/change-email-form';
import { NameForm } from '@/features/settings/name-form';
import type { PageQuery } from '@/platform/page-query';

export const metadata: Metadata = { title: 'Profile' };

/** Also where the links of a change of address end: `?address`, with `error` when the link was not good. */
export default async function ProfilePage({ searchParams }: { searchParams: PageQuery }) {
  const { address, error } = await searchParams;
  const { user } = await currentMembership();
  return (
    <>
      {address === undefined ? null : (
        <div className="mb-8 max-w-xl">
          <AddressNotice email={user.email} failed={error !== undefined} />
        </div>
      )}
      <Section title="Name" description="Shown beside what you upload.">
        <NameForm name={user.name} />
      </Section>
      <Section title="E-mail address" description="You sign in with it, and mails go there.">
        <ChangeEmailForm email={user.email} />
      </Section>
    </>
  );
}

/** Two links lead here, one from each mailbox, and nothing tells them apart; the address itself does. */
function AddressNotice({ email, failed }: { email: string; failed: boolean }) {
  if (failed) return <Notice tone="danger">This link was used already, or it is older than an hour. Ask for the change again.</Notice>;
  return (
    <Notice tone="success">
      The link worked. Your address is <strong className="font-strong">{email}</strong>; if that is still the old one, follow the link in
      the mail to the new one.
    </Notice>
  );
}
