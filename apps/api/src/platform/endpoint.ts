import { applyDecorators, createParamDecorator, HttpCode, RequestMapping, RequestMethod, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Route, RouteAnswer, RouteInput } from '@repo/contracts/route';
import type { Transaction } from '@repo/database/client';
import { invariant } from '@repo/errors';
import type { FastifyRequest } from 'fastify';
import type { PrincipalOf } from './principal.js';

/** What a handler receives: the validated input of its route and who calls. */
export interface Call<R extends Route> extends RouteInput<R> {
  principal: PrincipalOf<R['access']>;
  requestId: string;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
  /**
   * Keeps the answer under the request's Idempotency-Key, in the transaction of the effect, so that neither exists
   * without the other. Does nothing without a key. Throws `request.idempotency_in_progress` when another request has
   * taken over meanwhile; the transaction must be undone then.
   */
  keepAnswer: (tx: Transaction, answer: KeptAnswer) => Promise<void>;
}

/** The success answer that the handler is going to give. */
export interface KeptAnswer {
  status: 200 | 201 | 202 | 204;
  body: unknown;
  /** See `AnswerWithStatus`. */
  expiresAt?: Date;
}

/**
 * A success answer whose status is not the route's own, for example 202 instead of 201, or one that is worth nothing
 * from `expiresAt` on: an equal request under the same Idempotency-Key is then worked anew.
 */
export class AnswerWithStatus<Body> {
  constructor(
    readonly status: 200 | 201 | 202 | 204,
    readonly body: Body,
    readonly expiresAt?: Date,
  ) {}
}

type Answer<R extends Route> = RouteAnswer<R> | AnswerWithStatus<RouteAnswer<R>>;
type Handler<R extends Route> = (call: Call<R>) => Promise<Answer<R>> | Answer<R>;

/**
 * Makes a controller method the handler of a route of `@repo/contracts`. Method, address, success status, access,
 * body limit, rate limit and idempotency come from the route; the compiler checks the method's parameter and answer.
 */
export function Endpoint<const R extends Route>(route: R) {
  return <H extends Handler<R>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>): void => {
    applyDecorators(
      RequestMapping({ path: routerPath(route.path), method: RequestMethod[route.method] }),
      HttpCode(route.success.status),
      RouteConfig({ endpoint: route }),
    )(target, key, descriptor);
  };
}

/** The one parameter of an endpoint handler: `@FromCall() call: Call<typeof documentRoutes.get>`. */
export const FromCall = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  invariant(request.call, `no call was prepared for ${request.routeOptions.url}`);
  return request.call;
});

/** `/documents/{documentId}` as the router writes it: `/documents/:documentId`. */
function routerPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
