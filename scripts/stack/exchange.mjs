// One HTTP request and its whole answer. Node's own client, because connections matter here: which are kept, which are new.
import http from 'node:http';
import https from 'node:https';

const maxAnswerBytes = 8 * 2 ** 20;
/** Shorter than the two minutes of the proxy. */
const idleConnectionMs = 60_000;

/** Connections that are kept and used again, as a browser and a proxy do; as many as there are requests at a time. */
export function keepAliveAgent(url, { maxSockets = 1_000 } = {}) {
  const { Agent } = url.startsWith('https:') ? https : http;
  // An idle connection is given up before the server does, so that no request meets one that is just being closed.
  return new Agent({ keepAlive: true, maxSockets, maxFreeSockets: 256, timeout: idleConnectionMs });
}

/** A connection of its own for each request. */
export function newConnectionAgent(url) {
  const { Agent } = url.startsWith('https:') ? https : http;
  return new Agent({ keepAlive: false, maxSockets: 1_000, maxCachedSessions: 0 });
}

/**
 * Sends a request and reads the answer to its end.
 * @param {{ url: string | URL, method?: string, headers?: object, body?: Uint8Array | string, agent: http.Agent, timeoutMs?: number,
 *   paced?: { pieces: number, overMs: number } }} request paced: the body goes out in pieces, spread over this time
 * @returns {Promise<{ status: number, headers: http.IncomingHttpHeaders, body: Uint8Array, replayed: boolean }>} any status
 * @throws the transport's error, or one with code TIMEOUT
 */
export function exchange({ url, method = 'GET', headers = {}, body, agent, timeoutMs = 30_000, paced }) {
  const target = new URL(url);
  const { request: open } = target.protocol === 'https:' ? https : http;
  const bytes = body === undefined ? null : Buffer.from(body);
  return new Promise((resolve, reject) => {
    const length = bytes ? { 'content-length': String(bytes.length) } : {};
    const request = open(target, { method, agent, headers: { ...headers, ...length } });
    const timer = setTimeout(
      () => request.destroy(Object.assign(new Error(`no whole answer within ${timeoutMs} ms`), { code: 'TIMEOUT' })),
      timeoutMs,
    );
    request.once('close', () => clearTimeout(timer));
    request.once('error', reject);
    request.once('response', (response) => void readAnswer(response).then(resolve, reject));
    if (bytes && paced) sendPaced(request, bytes, paced);
    else request.end(bytes ?? undefined);
  });
}

async function readAnswer(response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw Object.assign(new Error('the answer is larger than expected'), { code: 'ANSWER_TOO_LARGE' });
    chunks.push(chunk);
  }
  const replayed = response.headers['idempotency-replayed'] === 'true';
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks), replayed };
}

function sendPaced(request, bytes, { pieces, overMs }) {
  const size = Math.ceil(bytes.length / pieces);
  let sent = 0;
  request.flushHeaders();
  const timer = setInterval(() => {
    if (request.destroyed) return clearInterval(timer);
    request.write(bytes.subarray(sent, sent + size));
    sent += size;
    if (sent < bytes.length) return;
    clearInterval(timer);
    request.end();
  }, overMs / pieces);
  request.once('close', () => clearInterval(timer));
}
