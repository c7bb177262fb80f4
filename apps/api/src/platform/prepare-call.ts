import type { Route } from '@repo/contracts/route';
import type { Transaction } from '@repo/database/client';
import { AppError, type FieldIssue } from '@repo/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Call, KeptAnswer } from './endpoint.js';
import { fieldIssues } from './field-issues.js';
import { principalFor } from './authorize.js';

/** Validates, once the body was read, what the handler of an endpoint receives. */
export function prepareCalls(server: FastifyInstance): void {
  server.addHook('preHandler', (request, reply, done) => {
    const { endpoint } = request.routeOptions.config ?? {};
    if (endpoint) request.call = prepareCall(endpoint, request, reply);
    done();
  });
}

/** Validates the input of a route and joins it with its caller. Throws `request.invalid` naming every bad field. */
function prepareCall(route: Route, request: FastifyRequest, reply: FastifyReply): Call<Route> {
  const issues: FieldIssue[] = [];
  const parse = (schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) issues.push(...fieldIssues(result.error));
    return result.data;
  };
  const params = parse(route.params, request.params);
  const query = parse(route.query, request.query);
  const body = parse(route.body, request.body);
  if (issues.length > 0) throw new AppError('request.invalid', { issues, detail: issues.map((issue) => issue.path).join(', ') });
  let controller: AbortController | undefined;
  const call = {
    params,
    query,
    body,
    principal: principalFor(route, request.caller),
    requestId: request.id,
    // Made only for the handlers that ask for it.
    get signal() {
      controller ??= abortWhenGone(reply);
      return controller.signal;
    },
    // The key is reserved only after this.
    keepAnswer: async (tx: Transaction, answer: KeptAnswer) => request.keepAnswer?.(tx, answer),
  };
  return call as unknown as Call<Route>;
}

function abortWhenGone(reply: FastifyReply): AbortController {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new AppError('request.aborted'));
  });
  return controller;
}
