import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './accounts/account-routes.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { DEPENDENCIES, type Dependencies } from './dependencies.js';
import { DocumentsModule } from './documents/documents.module.js';
import { healthRoutes } from './health/health-routes.js';
import { JobsModule } from './jobs/jobs.module.js';
import { openApiRoutes } from './platform/openapi-routes.js';
import { serveRealtime } from './realtime/serve-realtime.js';
import { SearchModule } from './search/search.module.js';
import { SessionModule } from './session/session.module.js';
import { serveUploads } from './uploads/serve-uploads.js';

type AddRoutes = (server: FastifyInstance, dependencies: Dependencies) => void;

/** The features whose routes stand in the contract. */
const features = [SessionModule, ApiKeysModule, DocumentsModule, SearchModule, JobsModule];

/** Routes outside the contract. */
export const rawRoutes: readonly AddRoutes[] = [healthRoutes, accountRoutes, openApiRoutes, serveUploads, serveRealtime];

@Global()
@Module({})
export class AppModule implements OnApplicationShutdown {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: Dependencies) {}

  static withDependencies(dependencies: Dependencies): DynamicModule {
    return {
      module: AppModule,
      imports: features,
      providers: [{ provide: DEPENDENCIES, useValue: dependencies }],
      exports: [DEPENDENCIES],
    };
  }

  /** Behind the closing of the HTTP server: a request that still runs then needs its connections. */
  async onApplicationShutdown(): Promise<void> {
    await this.dependencies.close();
  }
}
