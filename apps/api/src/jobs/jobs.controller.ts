import { Controller, Inject } from '@nestjs/common';
import { jobRoutes } from '@repo/contracts/jobs';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { Endpoint, FromCall, type Call } from '../platform/endpoint.js';
import { discardFailedJob } from './discard-failed-job.js';
import { listFailedJobs } from './list-failed-jobs.js';
import { retryFailedJob } from './retry-failed-job.js';

@Controller()
export class JobsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: Dependencies) {}

  @Endpoint(jobRoutes.listFailed)
  listFailed(@FromCall() call: Call<typeof jobRoutes.listFailed>) {
    return listFailedJobs(this.dependencies, call);
  }

  @Endpoint(jobRoutes.retry)
  retry(@FromCall() call: Call<typeof jobRoutes.retry>) {
    return retryFailedJob(this.dependencies, call);
  }

  @Endpoint(jobRoutes.discard)
  discard(@FromCall() call: Call<typeof jobRoutes.discard>) {
    return discardFailedJob(this.dependencies, call);
  }
}
