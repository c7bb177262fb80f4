import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '@repo/errors';
import type { FastifyInstance } from 'fastify';
import type { Dependencies } from '../dependencies.js';
import { openApiDocument } from './openapi-document.js';
import { referencePage, referencePolicy } from './reference-page.js';

/** Written by `pnpm build`; the same file for `src/` and `dist/`. */
const referenceScript = fileURLToPath(new URL('../../dist/reference-page.js.gz', import.meta.url));

/** The description of the API, and a page to read it with. Both are public, as the API's addresses are. */
export function openApiRoutes(server: FastifyInstance, { env }: Pick<Dependencies, 'env'>): void {
  const limited = { config: { rateLimit: 'api' as const } };
  let document: Promise<string> | undefined;

  server.get('/api/openapi.json', limited, async (_request, reply) => {
    document ??= openApiDocument({ appUrl: env.APP_URL, version: env.APP_VERSION }).then((description) => JSON.stringify(description));
    return reply
      .type('application/json')
      .header('cache-control', 'public, max-age=300')
      .send(await document);
  });

  server.get('/api/docs', limited, (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply.type('text/html; charset=utf-8').header('content-security-policy', referencePolicy(nonce)).send(referencePage(nonce));
  });

  server.get('/api/docs/reference.js', limited, (request, reply) => {
    if (!String(request.headers['accept-encoding']).includes('gzip')) {
      throw new AppError('request.invalid', { issues: [{ path: 'accept-encoding', message: 'must take gzip' }] });
    }
    return reply
      .type('text/javascript; charset=utf-8')
      .headers({ 'content-encoding': 'gzip', 'cache-control': 'public, max-age=3600', vary: 'Origin, Accept-Encoding' })
      .send(createReadStream(referenceScript));
  });
}
