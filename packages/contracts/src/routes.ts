import { apiKeyRoutes } from './api-keys.js';
import { documentRoutes } from './documents.js';
import { jobRoutes } from './jobs.js';
import type { Route } from './route.js';
import { searchRoutes } from './search.js';
import { sessionRoutes } from './session.js';

/** Every route of the versioned API: OpenAPI, the tenant matrix and the boot check read this table. */
export const apiRoutes = {
  session: sessionRoutes,
  documents: documentRoutes,
  search: searchRoutes,
  jobs: jobRoutes,
  apiKeys: apiKeyRoutes,
} as const satisfies Record<string, Record<string, Route>>;
