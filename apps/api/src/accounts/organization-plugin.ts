import { createAccessControl } from 'better-auth/plugins/access';
import { organization } from 'better-auth/plugins/organization';
import { adminAc, defaultStatements, memberAc, ownerAc } from 'better-auth/plugins/organization/access';
import type { QueueMail } from './queue-mail.js';

const invitationSeconds = 7 * 24 * 60 * 60;

const keyActions = ['create', 'read', 'update', 'delete'] as const;
const accessControl = createAccessControl({ ...defaultStatements, apiKey: keyActions });
const roles = {
  owner: accessControl.newRole({ ...ownerAc.statements, apiKey: [...keyActions] }),
  admin: accessControl.newRole({ ...adminAc.statements, apiKey: [...keyActions] }),
  member: accessControl.newRole({ ...memberAc.statements }),
};

/** Organizations with owner, admin and member. Owners and admins invite; an invitation is for a confirmed address. */
export function organizationPlugin({ queueMail, appUrl }: { queueMail: QueueMail; appUrl: string }) {
  return organization({
    ac: accessControl,
    roles,
    creatorRole: 'owner',
    organizationLimit: 20,
    membershipLimit: 1000,
    invitationLimit: 200,
    invitationExpiresIn: invitationSeconds,
    cancelPendingInvitationsOnReInvite: true,
    requireEmailVerificationOnInvitation: true,
    // Deleting an organization means deleting its files too; better-auth would leave those behind.
    disableOrganizationDeletion: true,
    sendInvitationEmail: async ({ id, email, inviter, invitation, organization: { id: organizationId, name } }) => {
      await queueMail(
        {
          template: 'invitation',
          to: email,
          inviterName: inviter.user.name,
          organizationName: name,
          url: `${appUrl}/invitations/${id}`,
          expiresAt: invitation.expiresAt.toISOString(),
        },
        { organizationId },
      );
    },
  });
}
