// How fast the worker's own way of writing is: one document a transaction, with every index in place.
import { replaceChunks } from '@repo/database/repositories/chunks';
import { indexTokens } from '@repo/text-search';

const documents = 100;

/** Writes the passages of documents of one organization anew; answers passages a second. */
export async function measureReplacing({ pool, transaction }, organization, capabilities) {
  const { rows } = await pool.query(
    `SELECT d.id, d.title, d.version, jsonb_agg(jsonb_build_object('ordinal', c.ordinal, 'body', c.body, 'language', c.language) ORDER BY c.ordinal) AS chunks
     FROM (SELECT * FROM document WHERE organization_id = $1 ORDER BY id LIMIT $2) d JOIN chunk c ON c.document_id = d.id
     GROUP BY d.id, d.title, d.version`,
    [organization.id, documents],
  );
  let written = 0;
  const started = performance.now();
  for (const { id, title, version, chunks } of rows) {
    const replacement = chunks.map(({ ordinal, body, language }) => {
      const tokens = indexTokens({ title, body, language });
      return { ordinal, headingPath: [], body, startOffset: 0, endOffset: body.length, language, tokens };
    });
    const scope = { documentId: id, organizationId: organization.id, organizationKey: organization.key, version, capabilities };
    const replaced = await transaction((tx) => replaceChunks(tx, { ...scope, chunks: replacement }));
    if (!replaced) throw new Error('a document was not replaced');
    written += chunks.length;
  }
  return written / ((performance.now() - started) / 1000);
}
