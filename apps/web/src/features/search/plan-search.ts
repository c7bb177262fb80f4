/** What is done with what stands in the search field. `note` is for the reader. */
export type SearchPlan =
  | { kind: 'nothing' }
  /** Cannot find anything: there is no letter and no digit in it. */
  | { kind: 'unsearchable' }
  | { kind: 'search'; query: string; note: string | null };

/** Decides what is sent to the API. A query that is too long is cut at a word, and the reader told so. */
export function planSearch(raw: string, maxCharacters: number): SearchPlan {
  const query = raw
    .replaceAll('\u0000', '')
    .replaceAll(/\p{Surrogate}/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (query === '') return { kind: 'nothing' };
  if (query.length <= maxCharacters) return /[\p{L}\p{N}]/u.test(query) ? { kind: 'search', query, note: null } : { kind: 'unsearchable' };
  const cut = cutAtWord(query, maxCharacters);
  if (!/[\p{L}\p{N}]/u.test(cut)) return { kind: 'unsearchable' };
  return {
    kind: 'search',
    query: cut,
    note: `That is a long search; its first ${cut.length} characters are looked for. A few telling words find more.`,
  };
}

function cutAtWord(query: string, maxCharacters: number): string {
  const cut = query.slice(0, maxCharacters).replaceAll(/\p{Surrogate}/gu, '');
  const space = cut.lastIndexOf(' ');
  return (space > maxCharacters / 2 ? cut.slice(0, space) : cut).trim();
}
