// Vectors for every passage, where pgvector is: the index is dropped for the load and built at the end.
const passagesPerStatement = 500;

async function withoutIndexes(pool, work) {
  const { rows } = await pool.query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'chunk_embedding' AND indexdef LIKE '%hnsw%'`,
  );
  for (const { indexname } of rows) await pool.query(`DROP INDEX ${indexname}`);
  await work();
  const client = await pool.connect();
  try {
    // Parallel builds take their memory from /dev/shm, which containers keep small.
    await client.query("SET maintenance_work_mem = '2GB'; SET statement_timeout = 0; SET max_parallel_maintenance_workers = 0");
    for (const { indexdef } of rows) await client.query(indexdef);
    await client.query('ANALYZE chunk_embedding');
  } finally {
    client.release(true);
  }
}

/** Embeds the text of all passages. */
export async function embedPassages(pool, embedder) {
  await withoutIndexes(pool, async () => {
    let after = '0';
    for (;;) {
      const { rows } = await pool.query(
        `SELECT c.id, c.body, s.organization_key AS key FROM chunk c JOIN chunk_search s ON s.chunk_id = c.id WHERE c.id > $1 ORDER BY c.id LIMIT $2`,
        [after, passagesPerStatement],
      );
      if (rows.length === 0) return;
      const vectors = await embedder.embed(rows.map(({ body }) => body));
      await pool.query(
        `INSERT INTO chunk_embedding (chunk_id, organization_key, model, embedding)
         SELECT id, key, $3, embedding::halfvec(1024) FROM unnest($1::bigint[], $2::int[], $4::text[]) AS row(id, key, embedding)`,
        [rows.map(({ id }) => id), rows.map(({ key }) => key), embedder.model, vectors.map((vector) => `[${vector.join(',')}]`)],
      );
      after = rows.at(-1).id;
    }
  });
}
