/** The path and query that the browser asked for; the proxy sets it, server components read it. */
export const pathHeader = 'x-request-path';
/** The nonce of this answer's content security policy. */
export const nonceHeader = 'x-nonce';
