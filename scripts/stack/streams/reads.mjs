// Reads of a signed-in person over kept connections, and a look at the health over a new connection each time.
import { exchange, newConnectionAgent } from '../exchange.mjs';
import { requireSuccess } from '../recorder.mjs';

/** A document, the session and the list in turn. */
export function readStream({ url, agent, cookie, documentId }) {
  const addresses = [`/api/v1/documents/${documentId}`, '/api/v1/session', '/api/v1/documents?limit=20'];
  return {
    name: 'read, kept connection',
    async send(index) {
      const address = addresses[index % addresses.length];
      requireSuccess(await exchange({ url: new URL(address, url), agent, headers: { cookie } }));
    },
  };
}

/** The health tells the release that answered. */
export function newConnectionStream({ url, versions }) {
  const agent = newConnectionAgent(url);
  return {
    name: 'health, new connection',
    async send() {
      const { body } = requireSuccess(await exchange({ url: new URL('/api/health', url), agent }));
      const { version } = JSON.parse(body.toString('utf8'));
      versions.set(version, (versions.get(version) ?? 0) + 1);
    },
  };
}
