import { Controller, Inject } from '@nestjs/common';
import { apiKeyRoutes } from '@repo/contracts/api-keys';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { Endpoint, FromCall, type Call } from '../platform/endpoint.js';
import { createApiKey } from './create-api-key.js';
import { listApiKeys } from './list-api-keys.js';
import { revokeApiKey } from './revoke-api-key.js';

@Controller()
export class ApiKeysController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: Dependencies) {}

  @Endpoint(apiKeyRoutes.list)
  list(@FromCall() call: Call<typeof apiKeyRoutes.list>) {
    return listApiKeys(this.dependencies, call);
  }

  @Endpoint(apiKeyRoutes.create)
  create(@FromCall() call: Call<typeof apiKeyRoutes.create>) {
    return createApiKey(this.dependencies, call);
  }

  @Endpoint(apiKeyRoutes.revoke)
  revoke(@FromCall() call: Call<typeof apiKeyRoutes.revoke>) {
    return revokeApiKey(this.dependencies, call);
  }
}
