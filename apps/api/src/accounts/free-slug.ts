import { randomBytes } from 'node:crypto';

/** Longest accepted slug, characters. */
const maxSlugLength = 48;

/**
 * The slug itself if no organization has it, else the slug with a random end: telling that it is taken would tell who
 * is a customer. The end is long enough to be free.
 */
export async function freeSlug(slug: string, isTaken: (slug: string) => Promise<boolean>): Promise<string> {
  if (!(await isTaken(slug))) return slug;
  const end = `-${randomBytes(5).toString('hex')}`;
  return `${slug.slice(0, maxSlugLength - end.length)}${end}`;
}
