import { indexTokens, tokenizerVersion, type Language } from '@repo/text-search';
import type { Capabilities } from '../capabilities.js';
import type { Transaction } from '../client.js';
import { vectorLiteral } from '../vector-literal.js';
import type { DocumentKey, DocumentVersion } from './document-record.js';

export interface NewChunk {
  ordinal: number;
  headingPath: string[];
  body: string;
  /** Offsets into the document's text, UTF-16 code units. */
  startOffset: number;
  endOffset: number;
  /** In a PDF, counted from 1. */
  page?: number;
  language: string;
  /** A tsvector literal. */
  tokens: string;
}

export interface ChunkReplacement extends DocumentVersion {
  /** The organization's `search_key`. */
  organizationKey: number;
  chunks: NewChunk[];
  /** The title that the tokens were made of; when the document has another by now, they get that one. */
  indexedTitle?: string;
  capabilities: Capabilities;
  /** One vector a chunk, in the chunks' order; left aside where pgvector is not. */
  embeddings?: { model: string; vectors: Float32Array[] };
}

const chunksPerStatement = 500;
const vectorsPerStatement = 100;

/** Puts these chunks in place of the document's chunks so far; false, and nothing changed, when the version is stale. */
export async function replaceChunks(tx: Transaction, replacement: ChunkReplacement): Promise<boolean> {
  const { organizationId, organizationKey, documentId, version, chunks, capabilities, embeddings } = replacement;
  const [current] = await tx.$queryRaw<{ title: string }[]>`
    SELECT d.title FROM document d JOIN organization o ON o.id = d.organization_id
    WHERE d.id = ${documentId}::uuid AND d.organization_id = ${organizationId} AND d.version = ${version}
      AND o.search_key = ${organizationKey}
    FOR NO KEY UPDATE OF d`;
  if (!current) return false;
  await tx.$executeRaw`DELETE FROM chunk WHERE document_id = ${documentId}::uuid`;
  for (let from = 0; from < chunks.length; from += chunksPerStatement) {
    await insertChunks(tx, replacement, chunks.slice(from, from + chunksPerStatement));
  }
  const { indexedTitle = current.title } = replacement;
  if (indexedTitle !== current.title) await retitleChunks(tx, { organizationId, documentId, title: current.title });
  if (!capabilities.vector || !embeddings) return true;
  for (let from = 0; from < embeddings.vectors.length; from += vectorsPerStatement) {
    const to = from + vectorsPerStatement;
    await insertEmbeddings(tx, replacement, {
      model: embeddings.model,
      ordinals: chunks.slice(from, to).map((chunk) => chunk.ordinal),
      vectors: embeddings.vectors.slice(from, to),
    });
  }
  return true;
}

/** Puts the words of another title in place of the old one's in the index of a document's passages; answers how many there are. */
export async function retitleChunks(
  tx: Transaction,
  { organizationId, documentId, title }: DocumentKey & { title: string },
): Promise<number> {
  let retitled = 0;
  const found = await tx.$queryRaw<{ language: Language }[]>`
    SELECT DISTINCT language FROM chunk WHERE document_id = ${documentId}::uuid AND organization_id = ${organizationId}`;
  for (const { language } of found) {
    const tokens = indexTokens({ title, body: '', language });
    // The title's words are the ones with weight A.
    retitled += await tx.$executeRaw`
      UPDATE chunk_search s SET tokens = ts_filter(s.tokens, '{b,c,d}') || ${tokens}::tsvector
      FROM chunk c
      WHERE c.id = s.chunk_id AND c.document_id = ${documentId}::uuid AND c.organization_id = ${organizationId} AND c.language = ${language}`;
  }
  return retitled;
}

async function insertChunks(tx: Transaction, { organizationId, organizationKey, documentId }: ChunkReplacement, chunks: NewChunk[]) {
  const rows = JSON.stringify(
    chunks.map((chunk) => ({
      ordinal: chunk.ordinal,
      heading_path: chunk.headingPath,
      body: chunk.body,
      start_offset: chunk.startOffset,
      end_offset: chunk.endOffset,
      page: chunk.page ?? null,
      language: chunk.language,
      tokens: chunk.tokens,
    })),
  );
  await tx.$executeRaw`
    WITH input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS row(ordinal int, heading_path text[], body text,
        start_offset int, end_offset int, page int, language text, tokens text)
    ), inserted AS (
      INSERT INTO chunk (document_id, organization_id, ordinal, heading_path, body, start_offset, end_offset, page, language)
      SELECT ${documentId}::uuid, ${organizationId}, ordinal, heading_path, body, start_offset, end_offset, page, language
      FROM input ORDER BY ordinal
      RETURNING id, ordinal
    )
    INSERT INTO chunk_search (chunk_id, organization_key, document_id, tokenizer_version, tokens)
    SELECT inserted.id, ${organizationKey}, ${documentId}::uuid, ${tokenizerVersion}, input.tokens::tsvector
    FROM inserted JOIN input USING (ordinal) ORDER BY inserted.id`;
}

async function insertEmbeddings(
  tx: Transaction,
  { organizationKey, documentId }: ChunkReplacement,
  { model, ordinals, vectors }: { model: string; ordinals: number[]; vectors: Float32Array[] },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO chunk_embedding (chunk_id, organization_key, model, embedding)
    SELECT c.id, ${organizationKey}, ${model}, v.embedding::halfvec(1024)
    FROM unnest(${ordinals}::int[], ${vectors.map(vectorLiteral)}::text[]) AS v(ordinal, embedding)
    JOIN chunk c ON c.document_id = ${documentId}::uuid AND c.ordinal = v.ordinal
    ORDER BY c.id`;
}
