// Documents written by hand, each under a key of its own. What was acknowledged is remembered, to be counted afterwards.
import { exchange } from '../exchange.mjs';
import { textOf } from '../people.mjs';
import { requireSuccess } from '../recorder.mjs';

/** The request that creates a written document; its title is the key. */
export function writeRequest({ url, agent, cookie, key }) {
  return {
    url: new URL('/api/v1/documents', url),
    method: 'POST',
    agent,
    headers: { cookie, origin: new URL(url).origin, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ title: key, text: textOf(key) }),
  };
}

export function writeStream({ url, agent, cookie, run, attempted, acknowledged }) {
  return {
    name: 'write, unique key',
    async send(index) {
      const key = `${run}-write-${index}`;
      attempted.add(key);
      const answer = requireSuccess(await exchange(writeRequest({ url, agent, cookie, key })));
      acknowledged.set(key, JSON.parse(answer.body.toString('utf8')).document.id);
    },
  };
}
