import type { RouteAnswer, RouteRequest } from '@repo/contracts/route';
import type { apiRoutes } from '@repo/contracts/routes';

type Tables = typeof apiRoutes;
type AnyRoute = { [Table in keyof Tables]: Tables[Table][keyof Tables[Table]] }[keyof Tables];
type KeyOf<R> = R extends { method: infer Method extends string; path: infer Path extends string } ? `${Method} ${Path}` : never;

/** Names a route of the API the way it goes over the wire: `GET /api/v1/documents/{documentId}`. */
export type RouteKey = KeyOf<AnyRoute>;

type RouteNamed<K extends RouteKey, R = AnyRoute> = R extends AnyRoute ? (KeyOf<R> extends K ? R : never) : never;

type Given<T> = { [P in keyof T as T[P] extends undefined ? never : P]: T[P] };

/** What the route takes: `params`, `query` and `body`, each only where the contract has one. */
export type ApiInput<K extends RouteKey> = Given<RouteRequest<RouteNamed<K>>>;

/** What the route answers with on success. */
export type ApiAnswer<K extends RouteKey> = RouteAnswer<RouteNamed<K>>;

/** The arguments after the key: optional where the route takes nothing that must be given. */
export type ApiArguments<K extends RouteKey, Options> =
  Exclude<keyof ApiInput<K>, 'query'> extends never ? [input?: ApiInput<K> & Options] : [input: ApiInput<K> & Options];
