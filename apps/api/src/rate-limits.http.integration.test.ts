import { documentRoutes } from '@repo/contracts/documents';
import type { RateLimitName, Route } from '@repo/contracts/route';
import { apiRoutes } from '@repo/contracts/routes';
import { searchRoutes } from '@repo/contracts/search';
import { defaultPolicies } from '@repo/rate-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from './testing/create-test-app.js';
import { problemOf } from './testing/test-documents.js';
import type { Person } from './testing/test-people.js';

const unknownId = '0199f3f0-0000-7000-8000-00000000dead';

/** One route of each policy, with a request that is cheap and valid. */
const samples: Record<RateLimitName, { route: Route; path: string; json?: unknown }> = {
  api: { route: documentRoutes.get, path: `/api/v1/documents/${unknownId}` },
  search: { route: searchRoutes.search, path: '/api/v1/search?q=!!!' },
  upload: {
    route: documentRoutes.create,
    path: '/api/v1/documents',
    json: { filename: 'a.pdf', contentType: 'application/pdf', sizeBytes: 1 },
  },
  expensive: { route: documentRoutes.reprocess, path: `/api/v1/documents/${unknownId}/reprocess` },
};

let app: TestApp;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  app = await createTestApp({ env: { RATE_LIMIT_FACTOR: '1' } });
  ada = await app.person({ name: 'Ada' });
  ben = await app.person({ name: 'Ben', organization: 'Other' });
});
afterAll(() => app.stop());

describe('the limits of the API', () => {
  it('name a policy for every route', () => {
    const used = Object.values(apiRoutes).flatMap((group) => Object.values<Route>(group).map(({ rateLimit }) => rateLimit));
    expect(new Set(used)).toEqual(new Set(Object.keys(samples)));
  });

  it.each(Object.entries(samples))(
    '%s: 429 with a time to come back, for this person and no other',
    async (policy, { route, path, json }) => {
      expect(route.rateLimit).toBe(policy);
      const send = (client = ada.client) => client(path, { method: route.method, ...(json !== undefined && { json }) });
      const { points } = defaultPolicies[policy as RateLimitName];
      const answers = await Promise.all(Array.from({ length: points + 15 }, () => send()));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(1);
      for (const answer of refused) {
        expect(problemOf(answer).code).toBe('request.rate_limited');
        expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        expect(answer.headers.get('ratelimit')).toContain(policy);
      }
      expect((await send(ben.client)).status).not.toBe(429);
    },
  );
});
