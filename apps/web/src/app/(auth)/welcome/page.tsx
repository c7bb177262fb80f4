import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { listReceivedInvitations } from '@/api/account-queries';
import { currentSession } from '@/api/server';
import { AuthHeading } from '@/features/accounts/auth-heading';
import { ChooseOrganization } from '@/features/organization/choose-organization';
import { CreateOrganizationForm } from '@/features/organization/create-organization-form';
import type { PageQuery } from '@/platform/page-query';

export const metadata: Metadata = { title: 'Your organization' };

/** For someone without an organization to act in: join, choose or create one. `?another` also comes from the switch. */
export default async function WelcomePage({ searchParams }: { searchParams: PageQuery }) {
  const { another } = await searchParams;
  const session = await currentSession();
  if (session.organization !== null && another === undefined) redirect('/documents');
  const invitations = await listReceivedInvitations();
  return (
    <>
      <AuthHeading title={session.organizations.length === 0 ? `Welcome, ${session.user.name}` : 'New organization'}>
        An organization holds the documents of one team. You can invite people once it stands.
      </AuthHeading>
      {invitations.length === 0 ? null : (
        <section aria-label="Invitations" className="flex flex-col divide-y divide-line border-y border-line">
          {invitations.map(({ id, organizationName, role }) => (
            <p key={id} className="flex items-center justify-between gap-4 py-3">
              <span className="min-w-0">
                You are invited to <strong className="font-strong">{organizationName}</strong> as {role}.
              </span>
              <Link className="link shrink-0" href={`/invitations/${id}`}>
                Answer
              </Link>
            </p>
          ))}
        </section>
      )}
      {session.organization === null && session.organizations.length > 0 ? (
        <ChooseOrganization organizations={session.organizations} />
      ) : null}
      <CreateOrganizationForm cancelPath={session.organization === null ? null : '/documents'} />
    </>
  );
}
