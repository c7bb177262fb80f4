import type { FastifyInstance } from 'fastify';

const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What helmet sets, for an origin that serves data and never a page. The reference page sets its own policy. */
const securityHeaders = {
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

/** Sets the security headers on every answer, errors included. HSTS only where the app is served over https. */
export function addSecurityHeaders(server: FastifyInstance, options: { https: boolean }): void {
  const headers = options.https
    ? { ...securityHeaders, 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' }
    : securityHeaders;
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
