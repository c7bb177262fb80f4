export interface RequestInput {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
}

/** A request ready for `fetch`, relative to the origin that serves the API. */
export interface BuiltRequest {
  method: string;
  path: string;
  body: string | undefined;
}

/**
 * Fills a route key such as `GET /api/v1/documents/{documentId}` with its parameters.
 * Path parameters are encoded; query fields that are undefined or null are left out.
 */
export function buildRequest(key: string, input: RequestInput = {}): BuiltRequest {
  const space = key.indexOf(' ');
  const method = key.slice(0, space);
  const path = key.slice(space + 1).replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const query = search.size === 0 ? '' : `?${search.toString()}`;
  return { method, path: path + query, body: input.body === undefined ? undefined : JSON.stringify(input.body) };
}
