import { Client } from 'pg';

/** A statement that ended, well or not. */
export interface ExecutedQuery {
  /** With placeholders, never with values. */
  sql: string;
  durationMs: number;
}

/**
 * A pg client that tells `onQuery` of each statement. It sits below both Prisma and raw SQL, so one hook hears
 * everything once.
 */
export function timedClient(onQuery: ((query: ExecutedQuery) => void) | undefined): typeof Client {
  return onQuery ? withHook(onQuery) : Client;
}

function withHook(onQuery: (query: ExecutedQuery) => void): typeof Client {
  return class TimedClient extends Client {
    readonly #plainQuery = super.query.bind(this) as (...args: unknown[]) => unknown;

    // `query` has many forms; the arguments are passed on as they came.
    override query = ((...args: unknown[]): unknown => {
      const startedAt = performance.now();
      const ended = (): void => onQuery({ sql: sqlOf(args[0]), durationMs: performance.now() - startedAt });
      const last = args.at(-1);
      if (typeof last === 'function') {
        const callback = last as (...results: unknown[]) => void;
        args[args.length - 1] = (...results: unknown[]) => {
          ended();
          callback(...results);
        };
        return this.#plainQuery(...args);
      }
      const result = this.#plainQuery(...args);
      if (result instanceof Promise) result.then(ended, ended);
      return result;
    }) as Client['query'];
  };
}

function sqlOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  if (typeof statement === 'object' && statement !== null && 'text' in statement) return String(statement.text);
  return '';
}
