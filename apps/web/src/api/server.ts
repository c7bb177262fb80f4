import 'server-only';
import type { CurrentSession } from '@repo/contracts/session';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { env } from '@/env';
import { clientAddress } from '@/platform/client-address';
import { pathHeader } from '@/platform/request-headers';
import { ApiError, unreachableError } from './api-error';
import { buildRequest } from './build-request';
import type { ApiAnswer, ApiArguments, RouteKey } from './contract';
import type { Membership } from './membership';
import { readAnswer } from './read-answer';

const timeoutMs = 10_000;

/**
 * Calls the API while a page is rendered, as the user who asked for the page.
 * Redirects to the sign-in page when nobody is signed in, and to onboarding when no organization is chosen.
 * Throws `ApiError` for everything else; its digest brings code and request id to the error boundary.
 */
export async function callApi<K extends RouteKey>(key: K, ...[input]: ApiArguments<K, object>): Promise<ApiAnswer<K>> {
  const { method, path, body } = buildRequest(key, input);
  const answer = await fetchFromApi(path, { method, body: body ?? null }).catch(redirectWhenNotReady);
  return answer as ApiAnswer<K>;
}

/** A request to any address of the API, with the user's cookie and address. Throws `ApiError`; redirects nobody. */
export async function fetchFromApi(path: string, init: RequestInit = {}): Promise<unknown> {
  const incoming = await headers();
  const outgoing = new Headers({ accept: 'application/json', 'x-internal-secret': env().INTERNAL_SECRET });
  const cookie = incoming.get('cookie');
  if (cookie !== null) outgoing.set('cookie', cookie);
  const address = clientAddress(incoming.get('x-forwarded-for'));
  if (address !== undefined) outgoing.set('x-client-address', address);
  if (init.body !== undefined && init.body !== null) outgoing.set('content-type', 'application/json');
  // The API checks the origin of calls that carry a cookie; this one is made for a page of the same origin.
  outgoing.set('origin', new URL(env().APP_URL).origin);
  return readAnswer(await send(path, { ...init, headers: outgoing }));
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, env().API_INTERNAL_URL), { cache: 'no-store', signal: AbortSignal.timeout(timeoutMs), ...init });
  } catch (thrown) {
    throw unreachableError(thrown);
  }
}

async function redirectWhenNotReady(thrown: unknown): Promise<never> {
  if (thrown instanceof ApiError && thrown.status === 401) {
    const path = (await headers()).get(pathHeader) ?? '/';
    redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  if (thrown instanceof ApiError && thrown.code === 'auth.no_organization') redirect('/welcome');
  throw thrown;
}

/** Who is signed in; asked once per page. Redirects to the sign-in page when nobody is. */
export const currentSession = cache(async (): Promise<CurrentSession> => callApi('GET /api/v1/session'));

/** Who is signed in, or null. Throws `ApiError` only when the API does not answer. */
export const findSession = cache(async (): Promise<CurrentSession | null> => {
  try {
    return (await fetchFromApi('/api/v1/session')) as CurrentSession;
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 401) return null;
    throw thrown;
  }
});

/** The session with the organization it acts in. Redirects to onboarding when there is none yet. */
export async function currentMembership(): Promise<Membership> {
  const session = await currentSession();
  if (session.organization === null) redirect('/welcome');
  return { ...session, organization: session.organization };
}
