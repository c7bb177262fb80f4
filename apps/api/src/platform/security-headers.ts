const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What helmet sets, for an origin that serves data and never a page. The reference page sets its own policy. */
const always = {
  'content-security-policy': apiPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  'cache-control': 'no-store',
};

/** The headers of every answer, errors included. HSTS only where the app is served over https. */
export function securityHeaders(appOrigin: string): Record<string, string> {
  if (!appOrigin.startsWith('https:')) return always;
  return { ...always, 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' };
}
