import { globSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../web/src/app');

/** Every address that the web app has a page for, as `/documents/[documentId]`. */
export function listRoutes(): string[] {
  return globSync('**/page.tsx', { cwd: folder })
    .map((file) => `/${path.dirname(file).split(path.sep).filter(isPartOfAddress).join('/')}`)
    .toSorted();
}

/** Whether an address, with or without a query, leads to this route. */
export function leadsTo(route: string, address: string): boolean {
  const pattern = route.replaceAll(/\[\w+\]/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(address.split('?')[0] ?? '');
}

/** Groups in brackets are folders alone; `.` is the start page. */
function isPartOfAddress(part: string): boolean {
  return part !== '.' && !/^\(.*\)$/.test(part);
}
