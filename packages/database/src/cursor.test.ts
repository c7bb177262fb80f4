import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, pageOfRows } from './cursor.js';

describe('a cursor', () => {
  it('leads back to its place, to the millisecond', () => {
    const place = { at: new Date('2026-11-20T12:34:56.789Z'), id: newId() };
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  it.each([
    ['no text', ''],
    ['no base64', '%%%'],
    ['no id', Buffer.from('5').toString('base64url')],
    ['no time', Buffer.from(`x ${newId()}`).toString('base64url')],
    ['a time beyond all dates', Buffer.from(`999999999999999999 ${newId()}`).toString('base64url')],
    ['too much', Buffer.from(`5 ${newId()} 6`).toString('base64url')],
  ])('with %s is request.invalid', (_name, cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });
});

it('pageOfRows has a next page only when a row is left over', () => {
  const rows = [1, 2, 3].map((n) => ({ at: new Date(n), id: newId() }));
  const placeOf = (row: (typeof rows)[number]) => row;
  expect(pageOfRows(rows, 3, placeOf)).toEqual({ items: rows, nextCursor: null });
  const page = pageOfRows(rows, 2, placeOf);
  expect(page.items).toEqual(rows.slice(0, 2));
  expect(decodeCursor(page.nextCursor ?? '')).toEqual(rows[1]);
  expect(pageOfRows([], 2, placeOf)).toEqual({ items: [], nextCursor: null });
});
