import type { Role } from '@repo/contracts/session';
import { fetchOrThrow } from './browser';
import { readAnswer } from './read-answer';
import { translateAccountError } from './translate-account-error';

/**
 * The account endpoints (`/api/auth/*`) as small typed functions; a client library would weigh more than the pages
 * that need it. Each throws `ApiError` with a sentence for the reader.
 */
async function post(path: string, body: object): Promise<unknown> {
  const response = await fetchOrThrow(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return readAnswer(response).catch(translateAccountError);
}

/** Makes an account and sends the verification mail. `callbackURL` is where the link in the mail ends. */
export const signUp = (body: { name: string; email: string; password: string; callbackURL: string }) => post('/sign-up/email', body);

/** Signs in with a session of 30 days. Where the address is not confirmed, another mail goes out whose link ends at `callbackURL`. */
export const signIn = (body: { email: string; password: string; callbackURL: string }) => post('/sign-in/email', body);

/** Ends this session. */
export const signOut = () => post('/sign-out', {});

/** Sends the verification mail again; answers alike whether the account exists or not. */
export const sendVerificationMail = (body: { email: string; callbackURL: string }) => post('/send-verification-email', body);

/** Sends a mail with a link to choose a new password; answers alike whether the account exists or not. */
export const requestPasswordReset = (body: { email: string; redirectTo: string }) => post('/request-password-reset', body);

/** Sets a new password with the token of that mail. */
export const resetPassword = (body: { newPassword: string; token: string }) => post('/reset-password', body);

export const updateUser = (body: { name: string }) => post('/update-user', body);

/** Asks for another address; it changes once the link in the mail is followed. */
export const changeEmail = (body: { newEmail: string; callbackURL: string }) => post('/change-email', body);

/** Changes the password and, if asked, ends every other session. */
export const changePassword = (body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) =>
  post('/change-password', body);

/** Ends one session, named by its token. */
export const revokeSession = (body: { token: string }) => post('/revoke-session', body);

/** Ends every session but this one. */
export const revokeOtherSessions = () => post('/revoke-other-sessions', {});

export const createOrganization = (body: { name: string; slug: string }) => post('/organization/create', body) as Promise<{ id: string }>;

/** Makes this session act in another organization of the user. */
export const setActiveOrganization = (body: { organizationId: string }) => post('/organization/set-active', body);

export const updateOrganization = (body: { organizationId: string; data: { name: string } }) => post('/organization/update', body);

/** Sends an invitation by mail; with `resend` the open one to this address is sent again. */
export const inviteMember = (body: { email: string; role: Role; organizationId: string; resend?: boolean }) =>
  post('/organization/invite-member', body);

export const cancelInvitation = (body: { invitationId: string }) => post('/organization/cancel-invitation', body);

/** Joins the organization of the invitation and acts in it from now on. */
export const acceptInvitation = (body: { invitationId: string }) => post('/organization/accept-invitation', body);

export const rejectInvitation = (body: { invitationId: string }) => post('/organization/reject-invitation', body);

export const updateMemberRole = (body: { memberId: string; role: Role; organizationId: string }) =>
  post('/organization/update-member-role', body);

export const removeMember = (body: { memberIdOrEmail: string; organizationId: string }) => post('/organization/remove-member', body);

export const leaveOrganization = (body: { organizationId: string }) => post('/organization/leave', body);
