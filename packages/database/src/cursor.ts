import { AppError } from '@repo/errors';
import { validate } from 'uuid';

/** A place in a list that is ordered by time and id, newest first. */
export interface Place {
  at: Date;
  id: string;
}

/** An opaque text for the place after which the next page begins. */
export function encodeCursor({ at, id }: Place): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

/** The place that a cursor stands for; throws `request.invalid` for a text that is none. */
export function decodeCursor(cursor: string): Place {
  const [milliseconds = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const at = new Date(/^\d{1,15}$/.test(milliseconds) ? Number(milliseconds) : Number.NaN);
  if (Number.isNaN(at.getTime()) || !validate(id) || rest.length > 0) {
    throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
  }
  return { at, id };
}

/** Cuts a page out of `limit + 1` rows: the one too many only tells that there is a next page. */
export function pageOfRows<Row>(rows: Row[], limit: number, placeOf: (row: Row) => Place): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null };
}
