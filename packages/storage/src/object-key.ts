import { invariant } from '@repo/errors';

const maxKeyCharacters = 512;
// No dot in front: `.` and `..` cannot be, and names that begin with a dot are the disk store's own.
const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

/** True for a key of plain segments joined by `/`. */
export function isObjectKey(key: string): boolean {
  return key.length <= maxKeyCharacters && key.split('/').every((part) => segment.test(part));
}

/** Keys are made by the application; anything else is a bug, and never reaches a path or an address. */
export function assertObjectKey(key: string): void {
  invariant(isObjectKey(key), `not an object key: ${JSON.stringify(key.slice(0, 80))}`);
}
