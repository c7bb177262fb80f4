import type { Metadata } from 'next';
import { hasRole } from '@/api/membership';
import { currentMembership } from '@/api/server';
import { Section } from '@/components/section';
import { roles } from '@/features/members/roles';
import { LeaveOrganization } from '@/features/organization/leave-organization';
import { OrganizationNameForm } from '@/features/organization/organization-name-form';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage() {
  const { organization } = await currentMembership();
  return (
    <>
      <Section title="Name" description="How the organization is called everywhere here.">
        {hasRole(organization.role, 'admin') ? (
          <OrganizationNameForm organizationId={organization.id} name={organization.name} />
        ) : (
          <p className="font-strong">{organization.name}</p>
        )}
      </Section>
      <Section title="Your role" description="Given by an owner or admin.">
        <p className="font-strong">{roles[organization.role].label}</p>
        <p className="text-secondary">{roles[organization.role].yours}</p>
      </Section>
      <Section title="Leave" description="You lose access at once. What you uploaded stays with the organization.">
        <LeaveOrganization organizationId={organization.id} name={organization.name} />
      </Section>
    </>
  );
}
