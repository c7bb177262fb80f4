import type { CurrentSession, Role } from '@repo/contracts/session';

/** A session that acts in an organization. */
export type Membership = CurrentSession & { organization: NonNullable<CurrentSession['organization']> };

const ranks: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** Whether the role reaches at least that of the second argument. The API decides; this only hides what it would refuse. */
export function hasRole(role: Role, atLeast: Role): boolean {
  return ranks[role] >= ranks[atLeast];
}
