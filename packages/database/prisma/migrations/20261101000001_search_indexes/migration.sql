-- One GIN index over organization and tokens: with two indexes the planner reads the whole table for common words.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The tokens stay in the row, compressed, as long as the row fits half a page.
ALTER TABLE "chunk_search" SET (toast_tuple_target = 4080);
ALTER TABLE "chunk_search" ALTER COLUMN "tokens" SET STORAGE MAIN;
-- ANALYZE then keeps the 10,000 most common lexemes with their frequencies: the weights of the search terms.
ALTER TABLE "chunk_search" ALTER COLUMN "tokens" SET STATISTICS 1000;
DO $$
BEGIN
  ALTER TABLE "chunk_search" ALTER COLUMN "tokens" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'this PostgreSQL was built without lz4; tokens are compressed with pglz';
END
$$;

-- A short pending list caps the pause of whoever has to empty it at about 100 ms.
CREATE INDEX "chunk_search_organization_key_tokens_idx" ON "chunk_search" USING gin ("organization_key", "tokens")
  WITH (fastupdate = on, gin_pending_list_limit = 1024);

-- Titles with typing errors.
CREATE INDEX "document_organization_id_title_folded_idx" ON "document" USING gin ("organization_id", "title_folded" gin_trgm_ops);
