// The requests that take five seconds: the file of a document, sent as from a slow line. Caddy hands the bytes to the
// API as they come, so each of them is in flight there for its whole time; `requireStreaming` shows that.
import { exchange } from '../exchange.mjs';
import { textOf } from '../people.mjs';
import { Refused, requireSuccess } from '../recorder.mjs';

const bodyBytes = 8_192;
/** Caddy reads up to 256 KB of what is left of a request before it passes on an early answer; this is well above. */
const probeBytes = 2 ** 20;

/** Announce the file, send it over `overMs`, say that it is there: what the browser does, the middle of it slow. */
export function slowUploadStream({ url, agent, cookie, run, attempted, acknowledged, overMs }) {
  return {
    name: `upload over ${overMs / 1_000} s`,
    async send(index) {
      const key = `${run}-upload-${index}`;
      attempted.add(key);
      await uploadSlowly({ url, agent, cookie, key, overMs, onAnnounced: (id) => acknowledged.set(key, id) });
    },
  };
}

/**
 * One such upload, whatever it takes: answers the document's id.
 * @throws {Refused} when any of its three requests is not answered with success
 */
export async function uploadSlowly({ url, agent, cookie, key, overMs, onAnnounced = () => {} }) {
  const bytes = Buffer.from(textOf(key).padEnd(bodyBytes, '\nAnd so on, line by line, until the tide turns.'));
  const { document, upload } = await announce({ url, agent, cookie, key, bytes });
  onAnnounced(document.id);
  const request = { ...sending({ url, agent, upload, bytes }), timeoutMs: overMs + 30_000 };
  requireSuccess(await exchange({ ...request, paced: { pieces: 20, overMs } }));
  await post({ url, agent, cookie, address: `/api/v1/documents/${document.id}/complete` });
  return document.id;
}

/**
 * Sends an upload with a wrong signature whose bytes come one by one. It is refused by the API, which looks at the
 * address first: an answer before the last byte means that the request had reached the API by then.
 * @throws {Error} when something on the way keeps the request until it is complete
 */
export async function requireStreaming({ url, agent, cookie, run }) {
  const bytes = Buffer.alloc(probeBytes, 'a');
  const { upload } = await announce({ url, agent, cookie, key: `${run}-streaming-probe`, bytes });
  const wrong = new URL(upload.url);
  wrong.searchParams.set('signature', '0'.repeat(64));
  const request = sending({ url, agent, upload: { ...upload, url: wrong.href }, bytes });
  const startedAt = performance.now();
  const { status, body } = await exchange({ ...request, paced: { pieces: 20, overMs: 5_000 } });
  const tookMs = performance.now() - startedAt;
  if (status !== 403) throw new Refused({ status, body }, `an upload with a wrong signature was answered with ${status}, not 403`);
  if (tookMs > 2_500) throw new Error(`the upload was kept on its way: the refusal came after ${Math.round(tookMs)} ms`);
}

async function announce({ url, agent, cookie, key, bytes }) {
  const announced = { title: key, filename: `${key}.txt`, contentType: 'text/plain', sizeBytes: bytes.length };
  const answer = await post({ url, agent, cookie, address: '/api/v1/documents', key, body: announced });
  return JSON.parse(answer.body.toString('utf8'));
}

async function post({ url, agent, cookie, address, key, body }) {
  const headers = { cookie, origin: new URL(url).origin, 'content-type': 'application/json' };
  if (key) headers['idempotency-key'] = key;
  return requireSuccess(await exchange({ url: new URL(address, url), method: 'POST', agent, headers, body: JSON.stringify(body ?? {}) }));
}

/** The address comes from the product; host and port are the ones that the load talks to. */
function sending({ url, agent, upload, bytes }) {
  const { pathname, search } = new URL(upload.url);
  return { url: new URL(pathname + search, url), method: upload.method, headers: upload.headers, agent, body: bytes };
}
