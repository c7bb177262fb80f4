/**
 * The address of the browser, from `X-Forwarded-For`. The proxy in front appends what it saw itself, so only the
 * last entry is to be believed; whatever stands before it may have been written by the client.
 */
export function clientAddress(forwardedFor: string | null): string | undefined {
  const last = forwardedFor?.split(',').at(-1)?.trim();
  return last === undefined || last === '' ? undefined : last;
}
