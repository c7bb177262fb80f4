import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * Tells who opens a connection: the address of the peer, or the one that trusted proxies report in X-Forwarded-For.
 * `trustedProxies` are addresses or CIDR ranges, as the server of the API trusts them.
 */
export function createHandshakeAddress(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const range of trustedProxies) {
    const [network = '', bits] = range.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(network, family);
    else trusted.addSubnet(network, Number(bits), family);
  }
  const isTrusted = (address: string): boolean => isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return ({ headers, socket }) => {
    let address = withoutMapping(socket.remoteAddress ?? '');
    const hops = String(headers['x-forwarded-for'] ?? '').split(',');
    // The nearest proxy wrote last.
    for (const hop of hops.toReversed()) {
      if (hop.trim() === '' || !isTrusted(address)) break;
      address = withoutMapping(hop.trim());
    }
    return address;
  };
}

function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
