import { brand } from '@repo/brand';

const daySeconds = 24 * 60 * 60;

/** The sign on a tile, in the accent of the brand; a dark tab gets the lighter one. */
export function GET(): Response {
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><style>rect{fill:${brand.accent.light}}path{fill:#fff}@media (prefers-color-scheme:dark){rect{fill:${brand.accent.dark}}path{fill:#141311}}</style><rect width="64" height="64" rx="14"/><path d="M16 16h32v6H16zM20.5 25h23l2 18h-27zM14 46h36v6H14z"/></svg>`;
  return new Response(icon, { headers: { 'content-type': 'image/svg+xml', 'cache-control': `public, max-age=${daySeconds}` } });
}
