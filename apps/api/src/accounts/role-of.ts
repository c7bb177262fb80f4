import { roleSchema, type Role } from '@repo/contracts/session';

const strongestFirst: readonly Role[] = roleSchema.options;

/** The strongest of the roles that better-auth keeps in one text ("admin,member"); an unknown one counts as member. */
export function roleOf(stored: string): Role {
  const held = stored.split(',').map((role) => role.trim());
  return strongestFirst.find((role) => held.includes(role)) ?? 'member';
}
