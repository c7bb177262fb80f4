-- The table of embeddings, where PostgreSQL offers pgvector. Run after the migrations each time, so that it comes into
-- being when the extension is installed later; changes nothing when it is there, or cannot be.
DO $$
BEGIN
  IF to_regclass('chunk_embedding') IS NOT NULL
    OR NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN
    RETURN;
  END IF;
  BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pgvector is offered, but only a superuser may create it; search runs on text alone';
    RETURN;
  END;
  CREATE TABLE chunk_embedding (
    chunk_id bigint PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
    organization_key integer NOT NULL,
    model text NOT NULL,
    embedding halfvec(1024) NOT NULL
  );
  -- Out of the row, each vector would cost a second read.
  ALTER TABLE chunk_embedding ALTER embedding SET STORAGE PLAIN;
  CREATE INDEX chunk_embedding_organization_key_idx ON chunk_embedding (organization_key);
  CREATE INDEX chunk_embedding_hnsw_idx ON chunk_embedding USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 64);
END
$$;
