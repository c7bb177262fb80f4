import { closeRedis, connectRedis } from '@repo/redis';
import type { FastifyInstance } from 'fastify';
import type { Dependencies } from '../dependencies.js';
import { createHandshakeAddress } from './handshake-address.js';
import { limitHandshakes } from './limit-handshakes.js';
import { createRealtimeServer } from './realtime-server.js';

/** With the 30 s that a resolved session is kept, a revoked one stops listening within a minute. */
const recheckMs = 25_000;
/** A large office behind one address. */
const maxSocketsPerAddress = 500;

/** Puts live events on the API's server and takes them away before it closes, which open sockets would prevent. */
export function serveRealtime(server: FastifyInstance, dependencies: Dependencies): void {
  const { env, logger, accounts, cacheRedis, limiter } = dependencies;
  const subscriber = connectRedis({ url: env.REDIS_CACHE_URL, profile: 'blocking', name: 'api-realtime' });
  const realtime = createRealtimeServer({
    httpServer: server.server,
    authenticate: accounts.authenticate,
    admitHandshake: limitHandshakes({
      limiter,
      addressOf: createHandshakeAddress(env.TRUSTED_PROXIES),
      maxSocketsPerAddress: maxSocketsPerAddress * env.RATE_LIMIT_FACTOR,
    }),
    origin: new URL(env.APP_URL).origin,
    publisher: cacheRedis,
    subscriber,
    logger,
    recheckMs,
  });
  server.addHook('preClose', async () => {
    realtime.close();
    await closeRedis(subscriber);
  });
}
