// Writes the viewer of the API reference, compressed, to dist/: the API then streams a file instead of carrying
// four megabytes of script in its memory.
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import apiReference from '@scalar/fastify-api-reference';
import fastify from 'fastify';

const server = fastify();
await server.register(apiReference, { routePrefix: '/', configuration: { url: '/api/openapi.json' } });
const { statusCode, body } = await server.inject('/js/scalar.js');
if (statusCode !== 200 || body.length < 100_000) throw new Error(`the viewer was not found: ${statusCode}, ${body.length} characters`);
const target = new URL('../dist/', import.meta.url);
mkdirSync(target, { recursive: true });
// The source map it names is not shipped.
writeFileSync(new URL('reference-page.js.gz', target), gzipSync(body.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, ''), { level: 9 }));
