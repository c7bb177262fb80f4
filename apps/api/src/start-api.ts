import { setTimeout as sleep } from 'node:timers/promises';
import { startMetricsServer } from '@repo/metrics';
import { assertBootable } from './assert-bootable.js';
import { createApp } from './create-app.js';
import type { Dependencies } from './dependencies.js';

export interface RunningApi {
  /** `http://host:port` as it listens, for tests and the log. */
  url: string;
  metricsUrl: string;
  /**
   * Says "not ready" at once, serves on for `drainDelayMs` so that the proxy looks elsewhere first, then finishes what
   * runs and closes. Resolves when every connection is closed.
   */
  stop(drainDelayMs: number): Promise<void>;
}

/** Opens the API: proves that it may run here, then listens. Rejects, with everything closed, when it may not. */
export async function startApi(dependencies: Dependencies): Promise<RunningApi> {
  const { env, logger, health, metrics } = dependencies;
  const [built, bootable] = await Promise.allSettled([createApp(dependencies), assertBootable(dependencies)]);
  if (built.status === 'rejected') {
    await dependencies.close();
    throw built.reason;
  }
  const app = built.value;
  try {
    if (bootable.status === 'rejected') throw bootable.reason;
    const metricsServer = await startMetricsServer({ metrics, host: env.API_METRICS_HOST, port: env.API_METRICS_PORT });
    await app.listen(env.API_PORT, env.API_HOST);
    health.booted();
    const url = await app.getUrl();
    logger.info(`Listening on ${url}`);
    return {
      url,
      metricsUrl: `http://${env.API_METRICS_HOST}:${metricsServer.port}/metrics`,
      async stop(drainDelayMs) {
        health.startDraining();
        logger.info('Draining', { drainDelayMs });
        await sleep(drainDelayMs);
        await app.close();
        await metricsServer.close();
        logger.info('Closed');
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}
