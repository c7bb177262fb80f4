interface PolicyOptions {
  nonce: string;
  /** `next dev` evaluates code and writes inline styles; a build does neither. */
  development: boolean;
  /** The origins that take uploads besides our own, such as an S3 endpoint. */
  uploadOrigins: readonly string[];
}

/**
 * The policy of every page: nothing is allowed that is not named. Scripts and style elements need this answer's nonce.
 * Style attributes are not allowed either; set styles through classes, or through the DOM after hydration.
 */
export function contentSecurityPolicy({ nonce, development, uploadOrigins }: PolicyOptions): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...uploadOrigins],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
