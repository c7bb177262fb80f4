import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { toAppError } from '@repo/errors';
import { contentDisposition } from '../content-disposition.js';
import type { DiskStorage } from './disk-storage.js';

/** The part of the API that disk storage needs: PUT and GET at signed addresses. */
export async function startUploadServer(storage: () => DiskStorage): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => void handle(storage(), request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/uploads`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

async function handle(storage: DiskStorage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const key = decodeURIComponent(url.pathname.slice('/api/uploads/'.length));
  const query = Object.fromEntries(url.searchParams);
  try {
    if (request.method === 'PUT') {
      const description = storage.verifyUpload({ key, query, headers: request.headers });
      await storage.receive(key, request, description);
      response.writeHead(200).end();
    } else {
      const { contentType, filename } = storage.verifyDownload({ key, query });
      response.writeHead(200, { 'content-type': contentType, 'content-disposition': contentDisposition(filename) });
      await pipeline(await storage.get(key), response);
    }
  } catch (thrown) {
    const error = toAppError(thrown);
    request.resume();
    response.writeHead(error.httpStatus, { connection: 'close' }).end(error.code);
  }
}
