import { apiRoutes } from '@repo/contracts/routes';
import type { Route } from '@repo/contracts/route';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import './fastify-types.js';
import { indexRoutes } from './route-index.js';

const contract = Object.values(apiRoutes).flatMap((routes) => Object.values<Route>(routes));

function serve(routes: readonly Route[]) {
  const server = fastify();
  const index = indexRoutes(server);
  for (const [position, endpoint] of routes.entries()) {
    // One address each: the server itself would refuse two handlers at one address.
    server.route({
      method: endpoint.method,
      url: `/${position}${endpoint.path.replaceAll(/[{}]/g, '')}`,
      config: { endpoint },
      handler: () => null,
    });
  }
  return index;
}

it('a server with one handler for each route of the contract is complete', () => {
  expect(() => serve(contract).assertComplete()).not.toThrow();
});

it('a route without a handler is named', () => {
  const without = contract.filter((route) => route !== apiRoutes.documents.remove);
  expect(() => serve(without).assertComplete()).toThrow('documents.remove has 0');
});

it('a route with two handlers is named', () => {
  expect(() => serve([...contract, apiRoutes.search.search]).assertComplete()).toThrow('search.search has 2');
});
