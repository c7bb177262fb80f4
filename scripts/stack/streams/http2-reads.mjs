// Reads as a browser sends them: many at a time over one connection of HTTP/2, made anew only when the server has ended it.
import http2 from 'node:http2';
import { requireSuccess } from '../recorder.mjs';

const timeoutMs = 30_000;
const { HTTP2_HEADER_PATH: path, HTTP2_HEADER_STATUS: status, HTTP2_HEADER_COOKIE: cookieHeader } = http2.constants;

/** Four answers of the API, then a page. `close` ends the connection. */
export function http2Stream({ url, cookie, documentId }) {
  const ofTheApi = [`/api/v1/documents/${documentId}`, '/api/v1/session'];
  const addresses = [...ofTheApi, ...ofTheApi, '/documents'];
  let session;

  function connected() {
    if (!session || session.closed || session.destroyed) {
      session = http2.connect(new URL(url).origin);
      // Each request under way tells of it itself.
      session.on('error', () => {});
    }
    return session;
  }

  return {
    name: 'read, HTTP/2',
    async send(index) {
      requireSuccess(await ask(connected(), { [path]: addresses[index % addresses.length], [cookieHeader]: cookie }));
    },
    close: () => session?.close(),
  };
}

/** @returns {Promise<{ status: number, body: Buffer }>} any status; rejects with the transport's error, or one with code TIMEOUT */
async function ask(session, headers) {
  const request = session.request(headers, { signal: AbortSignal.timeout(timeoutMs) });
  let answered = 0;
  request.once('response', (answer) => (answered = answer[status]));
  const body = Buffer.concat(await request.toArray());
  // A stream that the server gave up without an answer ends like one with an empty body.
  if (answered === 0) throw Object.assign(new Error(`no answer, the stream was ended with code ${request.rstCode}`), { code: 'NO_ANSWER' });
  return { status: answered, body };
}
