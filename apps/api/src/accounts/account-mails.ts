import type { BetterAuthOptions } from 'better-auth';
import type { QueueMail } from './queue-mail.js';

type EmailAndPassword = NonNullable<BetterAuthOptions['emailAndPassword']>;
type ChangeEmail = NonNullable<NonNullable<BetterAuthOptions['user']>['changeEmail']>;

/** Every mail about an account. All are queued; none is sent while somebody waits for an answer. */
export function accountMails({ queueMail, appUrl }: { queueMail: QueueMail; appUrl: string }) {
  const resetUrl = (token: string) => `${appUrl}/reset-password?token=${encodeURIComponent(token)}`;
  return {
    emailAndPassword: {
      sendResetPassword: ({ user, token }) =>
        queueMail({ template: 'reset-password', to: user.email, name: user.name, url: resetUrl(token) }),
      onPasswordReset: ({ user }) =>
        queueMail({ template: 'password-changed', to: user.email, name: user.name, changedAt: new Date().toISOString() }),
      onExistingUserSignUp: ({ user }) =>
        queueMail({
          template: 'account-exists',
          to: user.email,
          name: user.name,
          signInUrl: `${appUrl}/sign-in`,
          resetUrl: `${appUrl}/forgot-password`,
        }),
    } satisfies Partial<EmailAndPassword>,
    emailVerification: {
      sendVerificationEmail: ({ user, url }) => queueMail({ template: 'verify-email', to: user.email, name: user.name, url }),
    } satisfies BetterAuthOptions['emailVerification'],
    changeEmail: {
      sendChangeEmailConfirmation: ({ user, newEmail, url }) =>
        queueMail({ template: 'change-email', to: user.email, name: user.name, newEmail, url }),
    } satisfies Partial<ChangeEmail>,
  };
}
