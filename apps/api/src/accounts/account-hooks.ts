import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { BetterAuthOptions } from 'better-auth';
import { checkPassword } from './check-password.js';
import { freeSlug } from './free-slug.js';
import type { QueueMail } from './queue-mail.js';

/** What better-auth leaves to its user: rules for new passwords, and who is signed out when an account changes. */
export function accountHooks({ queueMail }: { queueMail: QueueMail }): BetterAuthOptions['hooks'] {
  return {
    before: createAuthMiddleware(async (ctx) => {
      const body: unknown = ctx.body;
      if (ctx.path === '/sign-up/email') refuseWeak(textOf(body, 'password'), { name: textOf(body, 'name'), email: textOf(body, 'email') });
      if (ctx.path === '/reset-password') refuseWeak(textOf(body, 'newPassword'), {});
      if (ctx.path === '/organization/update' && textOf(Reflect.get(Object(body), 'data'), 'slug') !== undefined) {
        throw new APIError('BAD_REQUEST', {
          code: 'ORGANIZATION_SLUG_FIXED',
          message: 'The short name of an organization stays as it is.',
        });
      }
      if (ctx.path === '/organization/create') {
        const slug = await freeSlug(textOf(body, 'slug') ?? '', async (value) => {
          const where = [{ field: 'slug', value }];
          return (await ctx.context.adapter.findOne({ model: 'organization', where })) !== null;
        });
        return { context: { ...ctx, body: { ...(body as object), slug } } };
      }
      if (ctx.path !== '/change-password') return undefined;
      const session = await getSessionFromCtx(ctx);
      refuseWeak(textOf(body, 'newPassword'), session?.user ?? {});
      return { context: { ...ctx, body: { ...(body as object), revokeOtherSessions: true } } };
    }),
    after: createAuthMiddleware(async (ctx) => {
      if (ctx.context.returned instanceof APIError && ctx.context.returned.status !== 'FOUND') return;
      if (ctx.path === '/change-password') {
        const user = ctx.context.newSession?.user ?? ctx.context.session?.user;
        if (user) await queueMail({ template: 'password-changed', to: user.email, name: user.name, changedAt: new Date().toISOString() });
      }
      if (ctx.path === '/verify-email' && changesEmail(ctx.query?.['token'])) {
        const current = ctx.context.newSession?.session;
        if (!current) return;
        const sessions = await ctx.context.internalAdapter.listSessions(current.userId);
        const others = sessions.map(({ token }) => token).filter((token) => token !== current.token);
        if (others.length > 0) await ctx.context.internalAdapter.deleteSessions(others);
      }
    }),
  };
}

function refuseWeak(password: string | undefined, owner: { name?: string | undefined; email?: string | undefined }): void {
  if (password === undefined) return;
  const fault = checkPassword(password, owner);
  if (fault) throw new APIError('BAD_REQUEST', fault);
}

function textOf(body: unknown, field: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Reads the kind of an already verified token: the one that a click on the link to the new address carries. */
function changesEmail(token: unknown): boolean {
  if (typeof token !== 'string') return false;
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return payload.includes('"requestType":"change-email-verification"');
}
