import { apiKey } from '@better-auth/api-key';
import { brand } from '@repo/brand';
import type { Database } from '@repo/database/client';
import type { Logger } from '@repo/logging';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { betterAuth } from 'better-auth/minimal';
import { v7 as uuidv7 } from 'uuid';
import { apiKeyOptions } from './api-key-options.js';
import { accountDatabaseHooks } from './account-database-hooks.js';
import { accountHooks } from './account-hooks.js';
import { maxPasswordLength, minPasswordLength } from './check-password.js';
import { hashPassword, verifyPassword } from './hash-password.js';
import { logAuth, throwForeseen } from './auth-errors.js';
import { accountMails } from './account-mails.js';
import { organizationPlugin } from './organization-plugin.js';
import type { QueueMail } from './queue-mail.js';

/** Seconds. A session ends this long after it began, used or not. */
const sessionSeconds = 30 * 24 * 60 * 60;
/** Seconds. How long the links in mails work. */
const linkSeconds = 60 * 60;

export interface AuthOptions {
  database: Database;
  logger: Logger;
  queueMail: QueueMail;
  appUrl: string;
  secret: string;
}

export type Auth = ReturnType<typeof createAuth>;

/** better-auth as this product uses it: mail and password, organizations, API keys of organizations. */
export function createAuth(options: AuthOptions) {
  const { database, appUrl, secret } = options;
  const https = appUrl.startsWith('https:');
  const mails = accountMails(options);
  return betterAuth({
    appName: brand.name,
    baseURL: appUrl,
    basePath: '/api/auth',
    secret,
    database: prismaAdapter(database.prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      autoSignIn: false,
      minPasswordLength,
      maxPasswordLength,
      resetPasswordTokenExpiresIn: linkSeconds,
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify: verifyPassword },
      ...mails.emailAndPassword,
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: true,
      expiresIn: linkSeconds,
      ...mails.emailVerification,
    },
    user: {
      changeEmail: { enabled: true, ...mails.changeEmail },
      additionalFields: { lastOrganizationId: { type: 'string', required: false, input: false, returned: false } },
    },
    // Refreshing would let a stolen session live for ever; it also writes on reads.
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, freshAge: 0 },
    plugins: [organizationPlugin(options), apiKey(apiKeyOptions)],
    hooks: accountHooks(options),
    databaseHooks: accountDatabaseHooks(database),
    // API keys have their own routes in the contract; strangers need not learn which organizations there are.
    disabledPaths: ['/api-key/create', '/api-key/update', '/api-key/delete', '/api-key/list', '/api-key/get', '/organization/check-slug'],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: logAuth(options.logger) },
    onAPIError: { onError: throwForeseen },
    advanced: {
      ...cookieOptions(https),
      database: { generateId: () => uuidv7(), joins: true },
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
    },
  });
}

/** The cookie that holds a session, for an app at this address. */
export function sessionCookieName(appUrl: string): string {
  return cookieOptions(appUrl.startsWith('https:')).cookies.session_token.name;
}

/** Over https the `__Host-` prefix makes the browser refuse the cookie from any other host, path or plain http. */
function cookieOptions(https: boolean) {
  const prefix = https ? '__Host-' : '';
  const named = (name: string) => ({
    name: `${prefix}${brand.slug}.${name}`,
    attributes: { secure: https, sameSite: 'lax' as const, path: '/' },
  });
  return {
    // The library would put `__Secure-` before the name; the attribute is set by hand instead.
    useSecureCookies: false,
    cookiePrefix: brand.slug,
    cookies: { session_token: named('session_token'), session_data: named('session_data'), dont_remember: named('dont_remember') },
  };
}
