import type { Metadata } from 'next';
import { openInvitation } from '@/api/account-queries';
import { ApiError } from '@/api/api-error';
import { findSession } from '@/api/server';
import { ButtonLink } from '@/components/button';
import { AuthHeading } from '@/features/accounts/auth-heading';
import { AnswerInvitation } from '@/features/organization/answer-invitation';
import { SwitchAccountButton } from '@/features/accounts/switch-account-button';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({ params }: { params: Promise<{ invitationId: string }> }) {
  const { invitationId } = await params;
  const path = `/invitations/${encodeURIComponent(invitationId)}`;
  const session = await findSession();
  if (session === null) return <StrangerView path={path} />;
  const opened = await openInvitation(invitationId).catch(refusalOf);
  if (typeof opened === 'string') return <RefusedView refusal={opened} email={session.user.email} path={path} />;
  return (
    <>
      <AuthHeading title={`Join ${opened.organizationName}`}>
        {opened.inviterEmail} invites you as {opened.role}. You will see and search everything that the team has put there.
      </AuthHeading>
      <AnswerInvitation invitationId={opened.id} />
    </>
  );
}

/** Why an invitation does not open for this reader. Rethrows what is not about the invitation. */
function refusalOf(thrown: unknown): 'not-yours' | 'gone' {
  if (!(thrown instanceof ApiError) || thrown.status >= 500 || thrown.status === 0 || thrown.status === 429) throw thrown;
  return thrown.status === 403 ? 'not-yours' : 'gone';
}

/** Someone who is not signed in; what the invitation says is told only to the person it was sent to. */
function StrangerView({ path }: { path: string }) {
  const next = encodeURIComponent(path);
  return (
    <>
      <AuthHeading title="You are invited">
        Create an account with the address that the invitation was sent to, or sign in with it.
      </AuthHeading>
      <div className="flex flex-col gap-3">
        <ButtonLink variant="primary" className="h-10" href={`/sign-up?next=${next}`}>
          Create an account
        </ButtonLink>
        <ButtonLink className="h-10" href={`/sign-in?next=${next}`}>
          Sign in
        </ButtonLink>
      </div>
    </>
  );
}

function RefusedView({ refusal, email, path }: { refusal: 'not-yours' | 'gone'; email: string; path: string }) {
  return refusal === 'not-yours' ? (
    <>
      <AuthHeading title="This invitation is for another address">
        You are signed in as {email}. Sign in with the address that the invitation was sent to.
      </AuthHeading>
      <SwitchAccountButton next={path} />
    </>
  ) : (
    <>
      <AuthHeading title="This invitation is no longer open">
        It was accepted, cancelled, or is older than a week. Ask the person who invited you for a new one.
      </AuthHeading>
      <ButtonLink variant="primary" className="self-start" href="/documents">
        Go to your documents
      </ButtonLink>
    </>
  );
}
