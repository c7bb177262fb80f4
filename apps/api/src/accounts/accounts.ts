import { createHash } from 'node:crypto';
import type { Database } from '@repo/database/client';
import type { Logger } from '@repo/logging';
import { LRUCache } from 'lru-cache';
import type { Authenticate } from '../platform/authenticate.js';
import type { Caller } from '../platform/principal.js';
import { createAuth, sessionCookieName, type Auth } from './auth.js';
import { createQueueMail } from './queue-mail.js';
import { answerBeatMs } from './keep-pace.js';
import { cookieValue } from './session-cookie.js';
import { apiKeyOf, resolveApiKey, resolveSession } from './resolve-caller.js';

/**
 * How long a caller is believed without asking the database, milliseconds. A session that another process revoked,
 * or a member who was removed there, keeps access for at most this long.
 */
const callerCacheMs = 30_000;
const maxCachedCallers = 10_000;

export interface Accounts {
  auth: Auth;
  authenticate: Authenticate;
  /** Call after anything that may end an access: this process then asks the database for everyone again. */
  forgetCallers(): void;
  /** On which beat answers leave that could tell whether an account exists, milliseconds. */
  answerBeatMs: number;
}

/** How long things take; tests shorten them. */
export interface AccountTimes {
  callerCacheMs?: number;
  answerBeatMs?: number;
}

interface AccountsOptions extends AccountTimes {
  database: Database;
  logger: Logger;
  appUrl: string;
  secret: string;
}

/** Accounts, sessions, organizations and API keys. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { database } = options;
  const auth = createAuth({ ...options, queueMail: createQueueMail(database) });
  const callers = new LRUCache<string, { caller: Caller | null }>({ max: maxCachedCallers, ttl: options.callerCacheMs ?? callerCacheMs });
  const cookieName = sessionCookieName(options.appUrl);
  let generation = 0;

  const remember = async (credential: string, resolve: () => Promise<Caller | null>): Promise<Caller | null> => {
    const key = createHash('sha256').update(credential).digest('base64');
    const cached = callers.get(key);
    if (cached) return cached.caller;
    const asOf = generation;
    const caller = await resolve();
    // An answer that was on its way when an access ended must not outlive it.
    if (asOf === generation && caller) callers.set(key, { caller });
    return caller;
  };

  return {
    auth,
    answerBeatMs: options.answerBeatMs ?? answerBeatMs,
    async authenticate({ headers }) {
      const apiKey = apiKeyOf(headers);
      if (apiKey !== null) return remember(`key ${apiKey}`, () => resolveApiKey(database, apiKey));
      if (headers.cookie === undefined) return null;
      const session = cookieValue(headers.cookie, cookieName);
      return session === null ? null : remember(`session ${session}`, () => resolveSession({ auth, database }, headers));
    },
    forgetCallers() {
      generation += 1;
      callers.clear();
    },
  };
}
