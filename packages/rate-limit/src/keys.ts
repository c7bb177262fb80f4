import { createHash } from 'node:crypto';
import { isIP } from 'node:net';

/**
 * The key under which an address is counted: IPv4 as it is, IPv6 by its /64, which one household or server has as a
 * whole. IPv4 inside IPv6 counts as IPv4. What is no address shares one key.
 */
export function addressKey(ip: string): string {
  const [address = ''] = ip.trim().toLowerCase().split('%');
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return 'unknown';
  const groups = expandIpv6(address);
  if (isMappedIpv4(groups))
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The key under which an account is counted, whatever case its address is typed in. No address is stored in Redis. */
export function accountKey(email: string): string {
  return createHash('sha256').update(email.normalize('NFKC').trim().toLowerCase()).digest('base64url');
}

function expandIpv6(address: string): number[] {
  const [head = '', tail] = withoutDottedPart(address).split('::');
  const left = parseGroups(head);
  if (tail === undefined) return left;
  const right = parseGroups(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

// ::ffff:192.0.2.1 → ::ffff:c000:201
function withoutDottedPart(address: string): string {
  const match = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (!match) return address;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(2).map(Number);
  return `${match[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function parseGroups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function isMappedIpv4(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}
