import type { SearchResult } from '@repo/contracts/search';

/** How much was found, in a phrase: "12 passages in 4 documents". */
export function summarize(results: readonly SearchResult[]): string {
  if (results.length === 0) return 'Nothing found.';
  const documents = new Set(results.map((result) => result.documentId)).size;
  return `${count(results.length, 'passage')} in ${count(documents, 'document')}`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
