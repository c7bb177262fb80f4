import { z } from 'zod';

/** An id as the API hands it out: a UUID. */
export const idSchema = z.uuid();

/** A moment in ISO 8601, UTC. */
export const timestampSchema = z.iso.datetime();

const nulOrLoneSurrogate = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Text that PostgreSQL can store: no NUL character, no half of a surrogate pair. */
export function storableText(options: { min?: number; max: number; trim?: boolean }) {
  const base = options.trim === false ? z.string() : z.string().trim();
  return base
    .min(options.min ?? 0)
    .max(options.max)
    .refine((value) => !nulOrLoneSurrogate.test(value), 'must not contain NUL characters or broken Unicode');
}

/** Query strings for lists: an opaque cursor and a page size. */
export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
};

/** Wraps an item schema into one page of a list. `nextCursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
