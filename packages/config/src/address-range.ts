import { BlockList, isIP } from 'node:net';

/** Says which entry is neither an address nor a CIDR range; undefined when all are. */
export function findAddressRangeFault(entries: readonly string[]): string | undefined {
  const position = entries.findIndex((entry) => !isAddressRange(entry));
  return position === -1 ? undefined : `must be addresses or CIDR ranges; entry ${position + 1} is neither`;
}

function isAddressRange(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  if (!/^\d{1,3}$/.test(prefix)) return false;
  try {
    new BlockList().addSubnet(address, Number(prefix), version === 6 ? 'ipv6' : 'ipv4');
    return true;
  } catch {
    return false; // the prefix is longer than the address
  }
}
