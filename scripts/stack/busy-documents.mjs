// Runs inside the app image: documents with passages, vectors and files, as the product leaves them behind; then documents
// that come and go, until a signal. A file is there before its row, and is removed after it, as in the product.
//   busy-documents.mjs seed <documents> <passages of each>     busy-documents.mjs busy
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';

const uploads = process.env.STORAGE_DISK_PATH;
const organization = 'org-busy';
const words = 'harbour lantern ledger meadow copper bridge signal orchard granite velvet compass harvest'.split(' ');
const client = new Client({ connectionString: (await fs.readFile(process.env.DATABASE_URL_FILE, 'utf8')).trim() });
await client.connect();

const folderOf = (id) => path.join(uploads, 'organizations', organization, 'documents', id, '1');
const vector = () => `[${Array.from({ length: 1024 }, () => (Math.random() - 0.5).toFixed(4)).join(',')}]`;
const sentence = () =>
  Array.from({ length: 120 }, () => `${words[Math.trunc(Math.random() * words.length)]}${Math.trunc(Math.random() * 900)}`).join(' ');

async function writeFiles(id, bytes) {
  const folder = folderOf(id);
  const blob = `.${randomUUID()}.blob`;
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, blob), bytes, { mode: 0o600 });
  const pointer = JSON.stringify({ blob, contentType: 'text/plain', sizeBytes: bytes.length });
  await fs.writeFile(path.join(folder, '.new.part'), pointer, { mode: 0o600 });
  await fs.rename(path.join(folder, '.new.part'), path.join(folder, '.object'));
}

async function addPassage(id, ordinal) {
  const body = sentence();
  const { rows } = await client.query(
    `INSERT INTO chunk (document_id, organization_id, ordinal, heading_path, body, start_offset, end_offset, language)
     VALUES ($1, $2, $3, ARRAY['Ä', 'b'], $4, 0, $5, 'en') RETURNING id`,
    [id, organization, ordinal, body, body.length],
  );
  const key = '(SELECT search_key FROM organization WHERE id = $2)';
  await client.query(
    `INSERT INTO chunk_search (chunk_id, organization_key, document_id, tokenizer_version, tokens)
     VALUES ($1, ${key}, $3, 1, array_to_tsvector(string_to_array($4, ' ')))`,
    [rows[0].id, organization, id, body],
  );
  await client.query(`INSERT INTO chunk_embedding (chunk_id, organization_key, model, embedding) VALUES ($1, ${key}, 'test', $3)`, [
    rows[0].id,
    organization,
    vector(),
  ]);
}

async function addDocument(passages) {
  const id = randomUUID();
  const bytes = randomBytes(2_000 + Math.trunc(Math.random() * 6_000));
  await writeFiles(id, bytes);
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO document (id, organization_id, title, title_folded, source, filename, content_type, size_bytes, storage_key, status, version, progress)
     VALUES ($1::uuid, $2, 'Größe ' || $1::text, 'grosse', 'uploaded', 'a.txt', 'text/plain', $3, $4, 'ready', 1, random())`,
    [id, organization, bytes.length, `organizations/${organization}/documents/${id}/1`],
  );
  await client.query(`INSERT INTO document_content (document_id, text, blocks) VALUES ($1, $2, '[{"b": 1, "a": null}]')`, [id, sentence()]);
  for (let ordinal = 0; ordinal < passages; ordinal += 1) await addPassage(id, ordinal);
  await client.query('COMMIT');
  return id;
}

async function removeDocument(id) {
  await client.query('DELETE FROM document WHERE id = $1', [id]);
  await fs.rm(folderOf(id), { recursive: true, force: true });
}

async function seed(documents, passages) {
  await client.query(`INSERT INTO organization (id, name, slug, created_at) VALUES ($1, 'Busy', 'busy', now()) ON CONFLICT DO NOTHING`, [
    organization,
  ]);
  for (let count = 0; count < documents; count += 1) await addDocument(passages);
}

async function keepBusy() {
  const stop = new AbortController();
  const done = { added: 0, removed: 0 };
  process.once('SIGTERM', () => stop.abort());
  const { rows } = await client.query('SELECT id FROM document ORDER BY created_at');
  const old = rows.map(({ id }) => id);
  console.log('busy');
  while (!stop.signal.aborted) {
    old.push(await addDocument(2));
    done.added += 1;
    await removeDocument(old.shift());
    done.removed += 1;
  }
  console.log(JSON.stringify(done));
}

const [action, documents, passages] = process.argv.slice(2);
if (action === 'seed') await seed(Number(documents), Number(passages));
else await keepBusy();
await client.end();
