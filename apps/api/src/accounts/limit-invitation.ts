import { accountKey } from '@repo/rate-limit';
import type { FastifyReply } from 'fastify';
import type { Dependencies } from '../dependencies.js';
import { limit } from '../platform/limit.js';
import { bodyFor, resolveMember, type AccountRequest } from './resolve-member.js';

/**
 * Counts an invitation, which sends a mail to whatever address is named: for its organization, its sender, and across
 * all organizations for the mailbox. Only those who may invite are counted, so that nobody else can use up the limits.
 * Answers the body to go on with. Throws `request.rate_limited` and what `resolveMember` throws.
 */
export async function limitInvitation(
  dependencies: Pick<Dependencies, 'accounts' | 'database' | 'limiter'>,
  { request, reply }: { request: AccountRequest; reply: FastifyReply },
): Promise<unknown> {
  if (request.path !== '/organization/invite-member') return request.body;
  const { limiter } = dependencies;
  const member = await resolveMember(dependencies, request);
  const email: unknown = typeof request.body === 'object' && request.body !== null ? Reflect.get(request.body, 'email') : null;
  if (member.role !== 'member' && typeof email === 'string') {
    const senders = [
      { policy: 'invitation-organization', key: member.organizationId },
      { policy: 'invitation-sender', key: member.userId },
    ] as const;
    await limit(limiter, { uses: senders, reply });
    // Counted last: a sender who may send nothing more does not use up what others may send to this mailbox.
    await limit(limiter, { uses: [{ policy: 'invitation-address', key: accountKey(mailboxOf(email)) }], reply });
  }
  return bodyFor(request.body, member);
}

/** Without the tag that most providers let their users add: `ada+anything@example.com` is read by `ada@example.com`. */
function mailboxOf(email: string): string {
  return email.replace(/\+[^@]*(?=@)/, '');
}
