/**
 * Two bounded sets of candidates (all terms, then the rare ones), rarity times rank, the best passage of each
 * document. Never ranks all matches: that costs 6 µs each, and a common word has 50,000 in a large organization.
 * $1 organization key · $2 all terms · $3 rare terms or NULL · $4 terms · $5 their weights
 */
const textArm = `
WITH candidate AS MATERIALIZED (
  (SELECT chunk_id, document_id, tokens FROM chunk_search
    WHERE organization_key = $1 AND tokens @@ $2::tsquery LIMIT 1000)
  UNION ALL
  (SELECT chunk_id, document_id, tokens FROM chunk_search
    WHERE organization_key = $1 AND $3::text IS NOT NULL AND tokens @@ $3::text::tsquery LIMIT 1000)
), scored AS (
  SELECT chunk_id, document_id,
         (SELECT sum(w * ts_rank('{0.6,0.7,0.8,1}', tokens, t)) FROM unnest($4::tsquery[], $5::float8[]) u(t, w)) AS score
  FROM candidate
), best AS (
  SELECT DISTINCT ON (document_id) chunk_id, document_id, score FROM scored ORDER BY document_id, score DESC, chunk_id
), text_hit AS (
  SELECT chunk_id, score, row_number() OVER (ORDER BY score DESC, chunk_id) AS r
  FROM best ORDER BY score DESC, chunk_id LIMIT 50
)`;

const foundColumns = `
  d.id AS "documentId", d.title, c.heading_path AS "headingPath", c.body, c.start_offset AS "startOffset",
  c.end_offset AS "endOffset", c.page, c.language, h.score`;

/** Text alone. $6 organization id · $7 limit */
export const textStatement = `${textArm}
SELECT ${foundColumns}
FROM text_hit h JOIN chunk c ON c.id = h.chunk_id JOIN document d ON d.id = c.document_id AND d.organization_id = $6
ORDER BY h.r LIMIT $7`;

/**
 * Text and vector, fused by reciprocal rank. `+ 0` keeps the planner from the approximate index, which is slower
 * and worse for a small organization. $6 vector · $7 model · $8 organization id · $9 limit
 */
export function fusedStatement(exact: boolean): string {
  const distance = exact ? '(embedding <=> $6::halfvec(1024)) + 0' : 'embedding <=> $6::halfvec(1024)';
  return `${textArm}, vector_hit AS (
  SELECT chunk_id, row_number() OVER (ORDER BY d, chunk_id) AS r FROM (
    SELECT chunk_id, embedding <=> $6::halfvec(1024) AS d FROM chunk_embedding
     WHERE organization_key = $1 AND model = $7 ORDER BY ${distance} LIMIT 50) v
), fused AS (
  SELECT chunk_id, coalesce(1.0 / (60 + t.r), 0) + coalesce(1.0 / (60 + v.r), 0) AS score
  FROM text_hit t FULL JOIN vector_hit v USING (chunk_id) ORDER BY score DESC, chunk_id LIMIT $9
)
SELECT ${foundColumns.replace('h.score', 'h.score::float8')}
FROM fused h JOIN chunk c ON c.id = h.chunk_id JOIN document d ON d.id = c.document_id AND d.organization_id = $8
ORDER BY h.score DESC, h.chunk_id`;
}
