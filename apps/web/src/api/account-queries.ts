import 'server-only';
import { roleSchema } from '@repo/contracts/session';
import { z } from 'zod';
import { isPast } from '@/platform/format-time';
import { fetchFromApi } from './server';

const memberSchema = z.object({
  id: z.string(),
  userId: z.string(),
  role: roleSchema,
  createdAt: z.iso.datetime(),
  user: z.object({ name: z.string(), email: z.string() }),
});
export type Member = z.infer<typeof memberSchema>;

const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  status: z.string(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof invitationSchema>;

const receivedInvitationSchema = invitationSchema.extend({ organizationName: z.string() });
const openedInvitationSchema = receivedInvitationSchema.extend({ inviterEmail: z.string() });
export type ReceivedInvitation = z.infer<typeof receivedInvitationSchema>;

const sessionSchema = z.object({
  id: z.string(),
  token: z.string(),
  userAgent: z.string().nullish(),
  ipAddress: z.string().nullish(),
  createdAt: z.iso.datetime(),
});
export type AccountSession = z.infer<typeof sessionSchema> & { current: boolean };

/** Everyone in the organization, in the order in which they joined. Throws `ApiError`. */
export async function listMembers(organizationId: string): Promise<Member[]> {
  const query = new URLSearchParams({ organizationId, limit: '1000', sortBy: 'createdAt', sortDirection: 'asc' });
  const answer = await fetchFromApi(`/api/auth/organization/list-members?${query}`);
  return z.object({ members: z.array(memberSchema) }).parse(answer).members;
}

/** The invitations that nobody has answered yet, also those that have run out. Throws `ApiError`. */
export async function listOpenInvitations(organizationId: string): Promise<Invitation[]> {
  const answer = await fetchFromApi(`/api/auth/organization/list-invitations?${new URLSearchParams({ organizationId })}`);
  return z.array(invitationSchema).parse(answer).filter(isPending);
}

/** What the signed-in user was invited to and can still accept. Throws `ApiError`. */
export async function listReceivedInvitations(): Promise<ReceivedInvitation[]> {
  const answer = await fetchFromApi('/api/auth/organization/list-user-invitations');
  return z
    .array(receivedInvitationSchema)
    .parse(answer)
    .filter((invitation) => isPending(invitation) && !isPast(invitation.expiresAt));
}

/** One invitation, for the person it was sent to. Throws `ApiError` when it is not theirs, spent or too old. */
export async function openInvitation(invitationId: string) {
  return openedInvitationSchema.parse(
    await fetchFromApi(`/api/auth/organization/get-invitation?${new URLSearchParams({ id: invitationId })}`),
  );
}

/** Where the user is signed in, this session first, then the newest. Throws `ApiError`. */
export async function listSessions(): Promise<AccountSession[]> {
  const [current, all] = await Promise.all([fetchFromApi('/api/auth/get-session'), fetchFromApi('/api/auth/list-sessions')]);
  const currentId = z.object({ session: z.object({ id: z.string() }) }).parse(current).session.id;
  return z
    .array(sessionSchema)
    .parse(all)
    .map((session) => ({ ...session, current: session.id === currentId }))
    .toSorted((a, b) => Number(b.current) - Number(a.current) || b.createdAt.localeCompare(a.createdAt));
}

function isPending(invitation: Invitation): boolean {
  return invitation.status === 'pending';
}
