/** Where the link of a verification mail ends, and from there where the reader wanted to go. */
export function verifiedPath(next: string | undefined): string {
  return next === undefined ? '/email-verified' : `/email-verified?next=${encodeURIComponent(next)}`;
}
