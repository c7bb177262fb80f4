/**
 * Where a session began, for its owner: an address in its short form. IPv6 addresses are kept by network only, so
 * their second half is zero. Null for an unknown address.
 */
export function describeAddress(address: string | null | undefined): string | null {
  if (!address) return null;
  const short = address.includes(':') ? shorten(address) : address;
  return short === '::' || short === '::1' || short.startsWith('127.') ? 'this machine' : short;
}

/** The URL parser knows the short form; what it does not know stays as it is. */
function shorten(address: string): string {
  return URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
