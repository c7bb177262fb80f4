import { brand } from '@repo/brand';
import { problemContentType, problemSchema } from '@repo/contracts/problem';
import type { Route } from '@repo/contracts/route';
import { apiRoutes } from '@repo/contracts/routes';
import { AppError, httpStatusOf, type ErrorCode } from '@repo/errors';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { z } from 'zod';

/** What every route may answer beside its own errors. */
const commonErrors: readonly ErrorCode[] = ['request.rate_limited', 'service.bug', 'database.unavailable'];

/** The description of the versioned API in OpenAPI 3.1, from the tables that serve it. */
export async function openApiDocument({ appUrl, version }: { appUrl: string; version: string }): Promise<object> {
  // Loaded with the first request for it: an API that nobody asks for its description does not carry the generator.
  const { createDocument } = await import('zod-openapi');
  const paths: ZodOpenApiPathsObject = {};
  for (const [feature, routes] of Object.entries(apiRoutes)) {
    for (const [name, route] of Object.entries<Route>(routes)) {
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, `${feature}.${name}`) };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: `${brand.name} API`, version, description: `${brand.description} Errors are RFC 9457 problems with a stable \`code\`.` },
    servers: [{ url: appUrl }],
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-api-key',
          description: 'Made by an owner or admin under API keys. `Authorization: Bearer` works too.',
        },
        session: { type: 'apiKey', in: 'cookie', name: `${brand.slug}.session_token`, description: 'Set by signing in.' },
      },
    },
  });
}

function operationOf(route: Route, operationId: string): ZodOpenApiOperationObject {
  const security: Record<string, string[]>[] =
    route.access === 'public' ? [] : [...(route.apiKeys ? [{ apiKey: [] }] : []), { session: [] }];
  const header = route.method === 'POST' ? { header: idempotencyHeader } : {};
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, accessSentence(route)].filter(Boolean).join('\n\n'),
    security,
    requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }), ...header },
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: { ...successOf(route), ...problemsOf(route) },
  };
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z.string().max(255).optional().meta({
    description:
      'The same key with the same request gets the same answer again, for 24 hours or as long as the answer holds. Refusals are not repeated.',
  }),
});

function accessSentence({ access, apiKeys }: Route): string {
  if (access === 'public') return 'Open to everyone.';
  const who = access === 'signed-in' ? 'anyone signed in' : `${access === 'member' ? 'members' : `${access}s`} of the organization`;
  return `For ${who}${apiKeys ? ' and its API keys' : ', not for API keys'}.`;
}

function successOf({ success }: Route): ZodOpenApiResponsesObject {
  const content = success.schema ? { content: { 'application/json': { schema: success.schema } } } : {};
  return { [`${success.status}`]: { description: 'Done.', ...content } };
}

/** One response a status, naming the codes that it may carry. */
function problemsOf(route: Route): ZodOpenApiResponsesObject {
  const codes = new Set<ErrorCode>([...inputErrors(route), ...accessErrors(route), ...route.errors, ...commonErrors]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(httpStatusOf(code), [...(byStatus.get(httpStatusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, group]) => [
        `${status}`,
        {
          description: group.map((code) => `\`${code}\`: ${new AppError(code).publicMessage}`).join('\n\n'),
          content: { [problemContentType]: { schema: problemSchema } },
        },
      ]),
  );
}

function inputErrors({ params, query, body, method }: Route): ErrorCode[] {
  const validated: ErrorCode[] = params || query || body ? ['request.invalid'] : [];
  const withBody: ErrorCode[] = body ? ['request.malformed_json', 'request.body_too_large', 'request.unsupported_media_type'] : [];
  const repeatable: ErrorCode[] = method === 'POST' ? ['request.idempotency_key_reused', 'request.idempotency_in_progress'] : [];
  return [...validated, ...withBody, ...repeatable];
}

function accessErrors({ access, apiKeys }: Route): ErrorCode[] {
  if (access === 'public') return [];
  const signedIn: ErrorCode[] = ['auth.unauthenticated', apiKeys ? 'auth.api_key_invalid' : 'auth.api_key_not_accepted'];
  const inOrganization: ErrorCode[] = access === 'signed-in' ? [] : ['auth.no_organization'];
  const withRole: ErrorCode[] = access === 'admin' || access === 'owner' ? ['auth.role_required'] : [];
  return [...signedIn, ...inOrganization, ...withRole];
}
