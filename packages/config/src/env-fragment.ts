import type { Variable } from './variable.js';

type Variables = Readonly<Record<string, Variable>>;

/** A titled group of variables; an app is configured by a few of them. */
export interface EnvFragment<V extends Variables = Variables> {
  readonly title: string;
  readonly variables: V;
}

/** Names a group of variables. */
export function defineEnv<const V extends Variables>(title: string, variables: V): EnvFragment<V> {
  return { title, variables };
}

type UnionToIntersection<U> = (U extends unknown ? (member: U) => void : never) extends (member: infer I) => void ? I : never;
type ValueOf<V> = V extends Variable<infer T> ? T : never;

/** The values that a list of fragments gives, by variable name. */
export type EnvValues<F extends readonly EnvFragment[]> =
  UnionToIntersection<F[number]['variables']> extends infer V ? { readonly [K in keyof V]: ValueOf<V[K]> } : never;
