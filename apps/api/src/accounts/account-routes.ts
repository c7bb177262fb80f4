import { AppError } from '@repo/errors';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dependencies } from '../dependencies.js';
import { toProblem } from '../platform/problem.js';
import { problemContentType } from '@repo/contracts/problem';
import { accountBasePath, accountPath } from './account-path.js';
import { unmaskErrors } from './auth-errors.js';
import { checkAccountRequest } from './check-account-request.js';
import { keepPace } from './keep-pace.js';
import { countFailedSignIn, limitAccountRequest } from './limit-account-request.js';
import { limitInvitation } from './limit-invitation.js';
import { underOrganizationLock } from './under-organization-lock.js';

/** After these an access may have ended: everyone is looked up again. */
const endsAccess = /^\/(sign-out|revoke-|change-|reset-password|verify-email|update-user|organization\/)/;
const readsOnly = /^\/organization\/(get-|list|has-permission)/;
const serverOnlyHeaders = new Set([
  'x-client-address',
  'x-internal-secret',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'content-length',
]);

/** Serves better-auth behind our own limits, checks and problem answers. */
export function accountRoutes(server: FastifyInstance, dependencies: Dependencies): void {
  const { accounts, limiter, env } = dependencies;
  const runLocked = underOrganizationLock(dependencies);
  server.route({
    method: ['GET', 'POST'],
    url: `${accountBasePath}/*`,
    async handler(request, reply) {
      const path = accountPath(request.url, env.APP_URL);
      await limitAccountRequest(limiter, { path, request, reply });
      checkAccountRequest(request.body, request.query);
      const { headers } = request;
      const body = await limitInvitation(dependencies, { request: { path, headers, body: request.body }, reply });
      const run = (sent: unknown) => unmaskErrors(() => accounts.auth.handler(toWebRequest(request, sent, env.APP_URL)));
      const response = await countFailedSignIn(limiter, { path, body }, () =>
        keepPace({ path, beatMs: accounts.answerBeatMs }, () => runLocked({ path, headers, body }, run)),
      );
      if (endsAccess.test(path) && !readsOnly.test(path)) accounts.forgetCallers();
      return sendWebResponse(reply, response, request.id);
    },
  });
}

function toWebRequest(request: FastifyRequest, body: unknown, appUrl: string): Request {
  const headers = fromNodeHeaders(request.headers);
  for (const name of serverOnlyHeaders) headers.delete(name);
  headers.set('x-client-address', request.clientAddress);
  const init: RequestInit = { method: request.method, headers };
  if (request.method === 'POST') {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(body ?? {});
  }
  return new Request(new URL(request.url, appUrl), init);
}

async function sendWebResponse(reply: FastifyReply, response: Response, requestId: string): Promise<FastifyReply> {
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && name !== 'content-length') void reply.header(name, value);
  }
  for (const cookie of response.headers.getSetCookie()) void reply.header('set-cookie', cookie);
  void reply.code(response.status);
  const body = await response.text();
  if (response.status < 400) return reply.send(body === '' ? null : body);
  return reply.type(problemContentType).send(JSON.stringify(asProblem(response.status, body, requestId)));
}

/** better-auth's own code and message, in the frame that every other error of this API has. */
function asProblem(status: number, body: string, requestId: string) {
  const told = parse(body);
  if (status === 404 && told === null) return toProblem(new AppError('request.route_not_found'), requestId);
  const message = typeof told?.['message'] === 'string' ? told['message'] : 'This did not work.';
  const code = typeof told?.['code'] === 'string' ? told['code'] : 'AUTH_ERROR';
  return { type: 'about:blank', title: message, status, detail: message, message, code, requestId };
}

function parse(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
