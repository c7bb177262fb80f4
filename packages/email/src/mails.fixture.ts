import type { MailInput, MailTemplate } from './mail.js';

export const appUrl = 'https://app.example.com';

/** One mail of each template. */
export const mails: { [T in MailTemplate]: Extract<MailInput, { template: T }> } = {
  'verify-email': { template: 'verify-email', to: 'ada@example.com', name: 'Ada', url: `${appUrl}/verify?token=t-1&next=%2F` },
  'reset-password': { template: 'reset-password', to: 'ada@example.com', name: 'Ada', url: `${appUrl}/reset?token=t-2` },
  invitation: {
    template: 'invitation',
    to: 'bob@example.com',
    inviterName: 'Ada',
    organizationName: 'Analytical Engines',
    url: `${appUrl}/invitations/i-3`,
    expiresAt: '2030-01-31T12:00:00Z',
  },
  'change-email': {
    template: 'change-email',
    to: 'ada@example.com',
    newEmail: 'countess@example.com',
    url: `${appUrl}/verify?token=t-4`,
  },
  'account-exists': {
    template: 'account-exists',
    to: 'ada@example.com',
    signInUrl: `${appUrl}/sign-in`,
    resetUrl: `${appUrl}/forgot-password`,
  },
  'password-changed': { template: 'password-changed', to: 'ada@example.com', changedAt: '2030-01-31T12:00:00Z', ipAddress: '203.0.113.7' },
};
