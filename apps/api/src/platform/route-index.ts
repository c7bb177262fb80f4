import { apiRoutes } from '@repo/contracts/routes';
import type { Route } from '@repo/contracts/route';
import { AppError } from '@repo/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Knows every address that is served: to tell a wrong method from a wrong address, and to prove completeness. */
export interface RouteIndex {
  /** Turns "nothing at this address" into "not with this method" (405 with Allow) where another method is served. */
  refine(error: AppError, request: FastifyRequest, reply: FastifyReply): AppError;
  /** Throws when a route of the contract has no handler, or two. */
  assertComplete(): void;
}

/** Begins to record the routes of a server. Call before the first route is added. */
export function indexRoutes(server: FastifyInstance): RouteIndex {
  const methodsByPattern = new Map<string, { matches: RegExp; methods: Set<string> }>();
  const handled = new Map<Route, number>();
  server.addHook('onRoute', ({ url, method, config }) => {
    const methods = [method].flat();
    if (!url.includes('*')) {
      const entry = methodsByPattern.get(url) ?? { matches: patternOf(url), methods: new Set() };
      for (const each of methods) entry.methods.add(each);
      methodsByPattern.set(url, entry);
    }
    const endpoint = config?.endpoint;
    if (endpoint && methods.includes(endpoint.method)) handled.set(endpoint, (handled.get(endpoint) ?? 0) + 1);
  });

  return {
    refine(error, request, reply) {
      if (error.code !== 'request.route_not_found') return error;
      const path = request.url.split('?', 1)[0] ?? '';
      const allowed = [...methodsByPattern.values()].filter(({ matches }) => matches.test(path)).flatMap(({ methods }) => [...methods]);
      if (allowed.length === 0 || allowed.includes(request.method)) return error;
      void reply.header('allow', [...new Set(allowed)].toSorted().join(', '));
      return new AppError('request.method_not_allowed');
    },
    assertComplete() {
      const faults = Object.entries(apiRoutes).flatMap(([feature, routes]) =>
        Object.entries<Route>(routes)
          .map(([name, route]) => ({ name: `${feature}.${name}`, count: handled.get(route) ?? 0 }))
          .filter(({ count }) => count !== 1),
      );
      if (faults.length === 0) return;
      const list = faults.map(({ name, count }) => `${name} has ${count}`).join(', ');
      throw new AppError('service.bug', { detail: `each route needs exactly one handler: ${list}` });
    },
  };
}

function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)))
    .join('/');
  return new RegExp(`^${source}$`);
}
