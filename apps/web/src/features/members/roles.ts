import type { Role } from '@repo/contracts/session';

/** What a role may do, for the person who chooses it. */
export const roles: Record<Role, { label: string; meaning: string }> = {
  member: { label: 'Member', meaning: 'Reads, searches, uploads and deletes documents.' },
  admin: { label: 'Admin', meaning: 'Also invites and removes people and handles API keys.' },
  owner: { label: 'Owner', meaning: 'Also makes owners and sees failed jobs.' },
};

/** The roles that someone with `role` may give. */
export function givableRoles(role: Role): Role[] {
  return role === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin'];
}
