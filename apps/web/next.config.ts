import path from 'node:path';
import type { NextConfig } from 'next';

process.env.NEXT_TELEMETRY_DISABLED ??= '1';

const workspaceRoot = path.join(import.meta.dirname, '../..');
const appVersion = process.env.APP_VERSION;

// On every answer, files too. What depends on the request or the environment is added in src/proxy.ts.
const securityHeaders = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
];

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: workspaceRoot,
  poweredByHeader: false,
  // No page uses the image optimizer (it writes style attributes), so its address answers nothing and sharp stays out.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['../../node_modules/.pnpm/@img+*/**', '../../node_modules/.pnpm/sharp@*/**'] },
  reactStrictMode: true,
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
  // A browser that still runs the previous build asks for its own assets; the id tells the two apart.
  ...(appVersion === undefined ? {} : { deploymentId: appVersion.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 32) }),
  turbopack: {
    root: workspaceRoot,
    // The two fonts of the first screen are preloaded; importing one gives the address that the stylesheet uses too.
    rules: { '*.woff2': { condition: { query: '?address' }, type: 'asset' } },
  },
};

export default config;
