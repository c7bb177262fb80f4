import type { RouteAnswer } from '@repo/contracts/route';
import type { SearchResult, searchRoutes } from '@repo/contracts/search';
import type { Capabilities } from '@repo/database/capabilities';
import { searchChunks, similarTitles, type FoundChunk } from '@repo/database/repositories/search';
import { buildQuery, highlight, type SearchQuery } from '@repo/text-search';
import type { Dependencies } from '../dependencies.js';
import type { Call } from '../platform/endpoint.js';
import { embedQuery } from './embed-query.js';
import type { LexemeFrequencies } from './lexeme-frequencies.js';
import type { SearchAdmission } from './search-admission.js';

type Search = typeof searchRoutes.search;
type Answer = RouteAnswer<Search>;

export interface SearchDependencies extends Pick<Dependencies, 'database' | 'embedder' | 'logger'> {
  admission: SearchAdmission;
  frequencies: () => Promise<LexemeFrequencies>;
  capabilities: () => Promise<Capabilities>;
  /** About how many passages an organization has. */
  passageCount: (organizationId: string) => Promise<number>;
}

/** How long the embedder may take before the search goes on without it, ms. */
const embedTimeoutMs = 800;
/** With fewer documents found than this, titles spelled alike are suggested. */
const fewDocuments = 5;

/**
 * Finds the passages of the organization's documents that answer a query, one for each document, best first.
 * A query without a single word finds nothing. Throws `search.busy` when too many searches wait, `service.timeout`
 * after a second in the database.
 */
export async function searchDocuments(dependencies: SearchDependencies, call: Pick<Call<Search>, 'principal' | 'query'>): Promise<Answer> {
  const query = buildQuery(call.query.q, await dependencies.frequencies());
  if (!query) return { results: [], mode: 'text', suggestions: [] };
  const vectors = await vectorInput(dependencies, call);
  return dependencies.admission.run(async () => {
    const { organizationId, organizationKey } = call.principal;
    const found = await searchChunks(dependencies.database.pool, {
      organizationId,
      organizationKey,
      queries: query,
      limit: call.query.limit,
      ...vectors,
    });
    return {
      results: found.map((chunk) => presentResult(chunk, query)),
      mode: vectors.embedding ? 'fused' : 'text',
      suggestions: found.length < fewDocuments ? await suggestTitles(dependencies, call, found) : [],
    };
  });
}

/** The part of a search that needs vectors; without `embedding` where there are none or the embedder is late. */
async function vectorInput(dependencies: SearchDependencies, { principal, query }: Pick<Call<Search>, 'principal' | 'query'>) {
  const capabilities = await dependencies.capabilities();
  const vector = capabilities.vector ? await embedQuery(dependencies, query.q, embedTimeoutMs) : null;
  if (!vector) return { capabilities };
  const passageCount = await dependencies.passageCount(principal.organizationId);
  return { capabilities, passageCount, embedding: { model: dependencies.embedder.model, vector } };
}

/** Titles spelled like the query, without the documents that were found anyway. */
async function suggestTitles(
  { database }: SearchDependencies,
  { principal, query }: Pick<Call<Search>, 'principal' | 'query'>,
  found: FoundChunk[],
): Promise<Answer['suggestions']> {
  const titles = await similarTitles(database.pool, { organizationId: principal.organizationId, text: query.q, limit: fewDocuments });
  return titles.filter((title) => !found.some((chunk) => chunk.documentId === title.documentId));
}

/** A found passage as the API shows it: the best window of its text with the found words marked. */
function presentResult(chunk: FoundChunk, query: SearchQuery): SearchResult {
  const { snippet, highlights } = highlight({ body: chunk.body, query, windowCharacters: 240 });
  return {
    documentId: chunk.documentId,
    title: chunk.title,
    heading: chunk.headingPath.length > 0 ? chunk.headingPath.join(' › ') : null,
    page: chunk.page,
    snippet,
    highlights,
    passage: { start: chunk.startOffset, end: chunk.endOffset },
    score: chunk.score,
  };
}
