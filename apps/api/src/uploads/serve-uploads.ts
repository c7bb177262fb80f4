import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Dependencies } from '../dependencies.js';
import { receiveUpload } from './receive-upload.js';
import { sendDownload } from './send-download.js';

interface SignedAddress {
  /** The key: everything after `/api/uploads/`. */
  Params: { '*': string };
  Querystring: Record<string, unknown>;
}

/**
 * Serves the signed addresses of disk storage, as S3 serves its own. The signature is the credential: no session,
 * no API key. Bodies go to the store as they arrive, whatever their type; no parser touches them.
 */
export function serveUploads(server: FastifyInstance, { database, diskStorage: files }: Dependencies): void {
  if (!files) return;
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    scope.put<SignedAddress>('/api/uploads/*', { config: { rateLimit: 'api', arrivesSlowly: true } }, async (request, reply) => {
      // Without a content type no parser is asked and the body is still in the raw request.
      const body = (request.body as Readable | undefined) ?? request.raw;
      await receiveUpload({ database, files }, { ...addressOf(request), headers: request.headers, body });
      return reply.header('cache-control', 'no-store').code(200).send();
    });
    scope.get<SignedAddress>('/api/uploads/*', { config: { rateLimit: 'api' } }, async (request, reply) =>
      sendDownload({ files }, addressOf(request), reply),
    );
  });
}

function addressOf({ params, query }: FastifyRequest<SignedAddress>): { key: string; query: Readonly<Record<string, unknown>> } {
  return { key: params['*'], query };
}
