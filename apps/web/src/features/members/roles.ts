import type { Role } from '@repo/contracts/session';

/** What a role may do: `meaning` for the person who gives it, `yours` for the one who has it. */
export const roles: Record<Role, { label: string; meaning: string; yours: string }> = {
  member: {
    label: 'Member',
    meaning: 'Reads, searches, uploads and deletes documents.',
    yours: 'You read, search, upload and delete documents.',
  },
  admin: {
    label: 'Admin',
    meaning: 'Also invites and removes people and handles API keys.',
    yours: 'You work with documents, invite and remove people and handle API keys.',
  },
  owner: {
    label: 'Owner',
    meaning: 'Also makes owners and sees failed jobs.',
    yours: 'You may do everything here: documents, people, API keys and failed jobs.',
  },
};

/** The roles that someone with `role` may give. */
export function givableRoles(role: Role): Role[] {
  return role === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin'];
}
