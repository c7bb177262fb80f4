import { fold } from '@repo/text-search';
import type { Capabilities } from '../capabilities.js';
import type { Pool } from '../client.js';
import { queryRows, withSettings } from '../query-rows.js';
import { vectorLiteral } from '../vector-literal.js';
import { fusedStatement, textStatement } from './search-statements.js';

/** A query as tsquery texts, made from tokens of our own, never from raw input. */
export interface TextQuery {
  /** All terms. */
  and: string;
  /** One of the rare terms; null when there is only one term. */
  rareOr: string | null;
  terms: string[];
  /** How much a term counts, in the order of `terms`. */
  weights: number[];
}

export interface SearchInput {
  organizationId: string;
  /** The organization's `search_key`. */
  organizationKey: number;
  queries: TextQuery;
  limit: number;
  capabilities: Capabilities;
  /** With a vector, and where pgvector is, ranks by text and by vector are fused; else text alone. */
  embedding?: { model: string; vector: Float32Array };
  /** How many passages the organization has: small ones are compared exactly. Default 0. */
  passageCount?: number;
}

export interface FoundChunk {
  documentId: string;
  title: string;
  headingPath: string[];
  body: string;
  startOffset: number;
  endOffset: number;
  page: number | null;
  language: string;
  score: number;
}

const searchTimeout = "'1s'";
/** Above this many passages an approximate index beats comparing all (0.8 ms per 1,000 at 1,024 dimensions). */
const exactUpToPassages = 25_000;

/**
 * The best passage of each of the `limit` best documents, best first. Throws `service.timeout` after one second,
 * `database.busy` when no connection is free.
 */
export function searchChunks(pool: Pool, input: SearchInput): Promise<FoundChunk[]> {
  const { embedding, capabilities } = input;
  return embedding && capabilities.vector ? searchFused(pool, input, embedding) : searchText(pool, input);
}

function searchText(pool: Pool, { organizationId, organizationKey, queries, limit }: SearchInput): Promise<FoundChunk[]> {
  return withSettings(pool, { statement_timeout: searchTimeout, enable_seqscan: 'off' }, (client) =>
    queryRows<FoundChunk>(client, {
      name: 'search-text',
      text: textStatement,
      values: [organizationKey, queries.and, queries.rareOr, queries.terms, queries.weights, organizationId, limit],
    }),
  );
}

async function searchFused(
  pool: Pool,
  { organizationId, organizationKey, queries, limit, passageCount = 0 }: SearchInput,
  { model, vector }: NonNullable<SearchInput['embedding']>,
): Promise<FoundChunk[]> {
  const exact = passageCount <= exactUpToPassages;
  const settings = {
    statement_timeout: searchTimeout,
    enable_seqscan: 'off',
    'hnsw.ef_search': '100',
    'hnsw.iterative_scan': 'relaxed_order',
    'hnsw.max_scan_tuples': '20000',
  };
  const found = await withSettings(pool, settings, (client) =>
    queryRows<FoundChunk>(client, {
      name: exact ? 'search-fused-exact' : 'search-fused',
      text: fusedStatement(exact),
      values: [
        organizationKey,
        queries.and,
        queries.rareOr,
        queries.terms,
        queries.weights,
        vectorLiteral(vector),
        model,
        organizationId,
        // Both arms may name different passages of one document; only the better one is kept.
        limit * 2,
      ],
    }),
  );
  const seen = new Set<string>();
  return found.filter(({ documentId }) => !seen.has(documentId) && seen.add(documentId)).slice(0, limit);
}

/** Ready documents with a title spelled like the text, most alike first: for typing errors, when search found little. */
export function similarTitles(
  pool: Pool,
  { organizationId, text, limit }: { organizationId: string; text: string; limit: number },
): Promise<{ documentId: string; title: string }[]> {
  return withSettings(pool, { statement_timeout: searchTimeout, 'pg_trgm.word_similarity_threshold': '0.4' }, (client) =>
    queryRows<{ documentId: string; title: string }>(client, {
      name: 'similar-titles',
      text: `
        SELECT id AS "documentId", title FROM document
        WHERE organization_id = $1 AND $2 <% title_folded AND status = 'ready'
        ORDER BY word_similarity($2, title_folded) DESC, id LIMIT $3`,
      values: [organizationId, fold(text), limit],
    }),
  );
}

/**
 * The most common lexemes (10,000 at most) with the fraction of passages that have them, over all organizations, as
 * the last ANALYZE saw them. Changes slowly: good for an hour. Empty in a young database.
 */
export async function lexemeFrequencies(pool: Pool): Promise<Map<string, number>> {
  const rows = await queryRows<{ lexeme: string; frequency: number }>(pool, {
    name: 'lexeme-frequencies',
    // The array of frequencies ends with the smallest and the greatest of them; unnest pairs what has a lexeme.
    text: `
      SELECT lexeme, frequency::float8 FROM pg_stats,
        unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(lexeme, frequency)
      WHERE schemaname = current_schema() AND tablename = 'chunk_search' AND attname = 'tokens' AND lexeme IS NOT NULL`,
    values: [],
  });
  return new Map(rows.map(({ lexeme, frequency }) => [lexeme, frequency]));
}
