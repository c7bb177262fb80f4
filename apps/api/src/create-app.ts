import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, rawRoutes } from './app.module.js';
import type { Dependencies } from './dependencies.js';
import { applyAnswerStatus } from './platform/apply-answer-status.js';
import { allowOrigin } from './platform/allow-origin.js';
import { answerIdempotently } from './platform/answer-idempotently.js';
import { closeConnectionsWhileDraining } from './platform/close-connections.js';
import { createServer } from './platform/create-server.js';
import { guardRequests } from './platform/guard-requests.js';
import { nestLogger } from './platform/nest-logger.js';
import { observeRequests } from './platform/observe-requests.js';
import { prepareCalls } from './platform/prepare-call.js';
import { ProblemFilter } from './platform/problem.filter.js';
import { indexRoutes } from './platform/route-index.js';
import { securityHeaders } from './platform/security-headers.js';

/** Builds the whole API on its dependencies, without listening. Throws when a route of the contract is not served. */
export async function createApp(dependencies: Dependencies): Promise<NestFastifyApplication> {
  const { env, logger, metrics, limiter, accounts, health, database } = dependencies;
  const appOrigin = new URL(env.APP_URL).origin;
  const { adapter, server } = createServer({ trustedProxies: env.TRUSTED_PROXIES, headers: securityHeaders(appOrigin) });
  const routes = indexRoutes(server);

  // In the order in which a request meets them.
  observeRequests(server, { logger, metrics, internalSecret: env.INTERNAL_SECRET });
  closeConnectionsWhileDraining(server, health);
  allowOrigin(server, appOrigin);
  guardRequests(server, { authenticate: accounts.authenticate, limiter, appOrigin });
  prepareCalls(server);
  applyAnswerStatus(server);
  answerIdempotently(server, { database, secret: env.AUTH_SECRET });
  for (const addRoutes of rawRoutes) addRoutes(server, dependencies);

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.withDependencies(dependencies), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(routes));
  await app.init();
  await server.ready();
  routes.assertComplete();
  return app;
}
