import { Controller, Inject } from '@nestjs/common';
import { sessionRoutes } from '@repo/contracts/session';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { Endpoint, FromCall, type Call } from '../platform/endpoint.js';
import { describeSession } from './describe-session.js';

@Controller()
export class SessionController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: Dependencies) {}

  @Endpoint(sessionRoutes.current)
  current(@FromCall() call: Call<typeof sessionRoutes.current>) {
    return describeSession(this.dependencies, call.principal);
  }
}
