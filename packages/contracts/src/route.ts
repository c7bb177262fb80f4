import type { ErrorCode } from '@repo/errors';
import type { z } from 'zod';

/** Who may call a route. Roles are those of the organization that the session or the API key acts in. */
export type Access = 'public' | 'signed-in' | 'member' | 'admin' | 'owner';

export type RateLimitName = 'api' | 'search' | 'upload' | 'expensive';

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As in OpenAPI: `/api/v1/documents/{documentId}`. */
  path: `/api/v1/${string}`;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  /** Whether an API key of the organization may call it too. */
  apiKeys: boolean;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Largest accepted JSON body, bytes. 10 KB unless named. */
  bodyLimitBytes?: number;
  /** The success answer. `null` stands for an empty body. */
  success: { status: 200 | 201 | 202 | 204; schema: z.ZodType | null };
  /** The codes a caller should expect, beside those that every route can answer. */
  errors: readonly ErrorCode[];
  rateLimit: RateLimitName;
  /** Honours `Idempotency-Key`. Always true for POST. */
  idempotent?: boolean;
}

/** Keeps the literal types of a route, so that client and server infer params, query, body and answer from it. */
export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

type SchemaOutput<S> = S extends z.ZodType ? z.output<S> : undefined;
type SchemaInput<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What the server hands to its handler after validation. */
export interface RouteInput<R extends Route> {
  params: SchemaOutput<R['params']>;
  query: SchemaOutput<R['query']>;
  body: SchemaOutput<R['body']>;
}

/** What a client sends. */
export interface RouteRequest<R extends Route> {
  params: SchemaInput<R['params']>;
  query: SchemaInput<R['query']>;
  body: SchemaInput<R['body']>;
}

/** What a client gets back on success. */
export type RouteAnswer<R extends Route> = R['success']['schema'] extends z.ZodType ? z.output<R['success']['schema']> : undefined;
