import type { Metadata } from 'next';
import { listMembers, listOpenInvitations } from '@/api/account-queries';
import { hasRole } from '@/api/membership';
import { currentMembership } from '@/api/server';
import { PageHeader } from '@/components/page-header';
import { InvitationTable } from '@/features/members/invitation-table';
import { InviteButton } from '@/features/members/invite-button';
import { MemberTable } from '@/features/members/member-table';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const { organization, user } = await currentMembership();
  const mayInvite = hasRole(organization.role, 'admin');
  const [members, invitations] = await Promise.all([
    listMembers(organization.id),
    mayInvite ? listOpenInvitations(organization.id) : Promise.resolve([]),
  ]);
  return (
    <>
      <PageHeader
        title="Members"
        action={mayInvite ? <InviteButton organizationId={organization.id} mayMakeOwner={organization.role === 'owner'} /> : undefined}
      >
        Everyone here can read and search all documents of {organization.name}.
      </PageHeader>
      <MemberTable members={members} organizationId={organization.id} role={organization.role} userId={user.id} />
      {invitations.length === 0 ? null : <InvitationTable invitations={invitations} organizationId={organization.id} />}
    </>
  );
}
