import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
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
    void reply.type('text/javascript; charset=utf-8').headers({ 'cache-control': 'public, max-age=3600', vary: 'Origin, Accept-Encoding' });
    const script = createReadStream(referenceScript);
    if (takesGzip(request.headers['accept-encoding'])) return reply.header('content-encoding', 'gzip').send(script);
    const plain = createGunzip();
    // What breaks on the way reaches the answer, which Fastify sends from the last stream.
    pipeline(script, plain, () => {});
    return reply.send(plain);
  });
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return /(?:^|[\s,])(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)/i.test(String(accepted ?? ''));
}
