import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createHandshakeAddress } from './handshake-address.js';
import { limitHandshakes } from './limit-handshakes.js';

const decision = { limit: 1, remaining: 0, resetMs: 0, policy: 'realtime' as const };
const handshake = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: Object.assign(new EventEmitter(), { remoteAddress }),
    headers: { ...(forwarded && { 'x-forwarded-for': forwarded }) },
  }) as unknown as IncomingMessage;

it('counts the open connections of an address, an IPv6 network as one, until they close', async () => {
  const admit = limitHandshakes({
    limiter: { consume: async () => ({ ...decision, allowed: true }) } as never,
    addressOf: createHandshakeAddress([]),
    maxSocketsPerAddress: 2,
  });
  const first = handshake('2001:db8::1');
  expect(await Promise.all([admit(first), admit(handshake('2001:db8::2')), admit(handshake('2001:db8::3'))])).toEqual([true, true, false]);
  expect(await admit(handshake('192.0.2.1')), 'another address').toBe(true);
  first.socket.emit('close');
  expect(await admit(handshake('2001:db8::4'))).toBe(true);
});

it('counts each try under its address and refuses what is over the limit', async () => {
  const keys: string[] = [];
  const consume = async (_policy: string, key: string) => ({ ...decision, allowed: keys.push(key) < 3 });
  const admit = limitHandshakes({ limiter: { consume } as never, addressOf: createHandshakeAddress([]), maxSocketsPerAddress: 9 });
  const answers = [];
  for (let round = 0; round < 3; round += 1) answers.push(await admit(handshake('::ffff:192.0.2.1')));
  expect(answers).toEqual([true, true, false]);
  expect(new Set(keys)).toEqual(new Set(['address:192.0.2.1']));
});

it.each([
  ['a trusted proxy is believed', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['what the client wrote in front of it is not', '10.0.0.1', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['a stranger is not', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
])('%s', (_case, peer, forwarded, address) => {
  expect(createHandshakeAddress(['10.0.0.0/8', '::1/128'])(handshake(peer, forwarded))).toBe(address);
});
