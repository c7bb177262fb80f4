// After a run: is what was acknowledged there, once, and did each job have its effect, once?
import { setTimeout as sleep } from 'node:timers/promises';
import { quote } from './database.mjs';

const pageSize = 100;
const namedFaults = 5;

/**
 * Waits until no document of the organization is under way and the outbox is empty.
 * @returns {Promise<number>} milliseconds that it took
 * @throws {Error} with what is still open when `timeoutMs` is over
 */
export async function waitUntilSettled({ member, database, timeoutMs, everyMs = 1_000 }) {
  const startedAt = performance.now();
  for (;;) {
    const [open] = await database.rows(`
      SELECT (SELECT count(*) FROM document WHERE organization_id = ${quote(member.organizationId)} AND status = 'processing')::int AS processing,
        (SELECT count(*) FROM outbox_event WHERE sent_at IS NULL AND settled_at IS NULL)::int AS unsent`);
    const tookMs = performance.now() - startedAt;
    if (open.processing === 0 && open.unsent === 0) return tookMs;
    if (tookMs > timeoutMs) {
      throw new Error(
        `after ${Math.round(timeoutMs / 1_000)} s ${open.processing} documents are not ready and ${open.unsent} events not sent`,
      );
    }
    await sleep(everyMs);
  }
}

/** Every document of the organization, read page by page over the public API. */
async function listDocuments({ visitor }) {
  const documents = [];
  let cursor = null;
  do {
    const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await visitor.json('GET', `/api/v1/documents?limit=${pageSize}${after}`);
    documents.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return documents;
}

/** Names of what fits `wrong`, as one sentence; none when there is nothing. */
function fault(title, wrong) {
  if (wrong.length === 0) return [];
  const rest = wrong.length > namedFaults ? ` and ${wrong.length - namedFaults} more` : '';
  return [`${title}: ${wrong.length} (${wrong.slice(0, namedFaults).join(', ')}${rest})`];
}

/**
 * Rows against acknowledged keys; the key is the title of its document.
 * @param {{ run: string, attempted: Set<string>, acknowledged: Map<string, string> }} load
 */
function compareWithAcknowledged(documents, { run, attempted, acknowledged }) {
  const ours = documents.filter(({ title }) => title.startsWith(`${run}-`) && !title.endsWith('-streaming-probe'));
  const ids = new Set(ours.map(({ id }) => id));
  const counts = new Map();
  for (const { title } of ours) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [
    ...fault(
      'acknowledged, but not there',
      [...acknowledged].filter(([, id]) => !ids.has(id)).map(([key]) => key),
    ),
    ...fault(
      'there more than once',
      [...counts].filter(([, count]) => count > 1).map(([key]) => key),
    ),
    ...fault(
      'there, but never asked for',
      [...counts.keys()].filter((key) => !attempted.has(key)),
    ),
    ...fault(
      'there, but not acknowledged',
      [...counts.keys()].filter((key) => attempted.has(key) && !acknowledged.has(key)),
    ),
    ...fault(
      'not ready',
      ours.filter(({ status }) => status !== 'ready').map(({ title, status }) => `${title} is ${status}`),
    ),
  ];
}

/** What each job left behind, from the tables that a second run of the job would write to again. */
const effectQuestions = {
  'documents whose passages are not the ones that were counted': (organization) => `
    SELECT d.title AS name FROM document d LEFT JOIN chunk c ON c.document_id = d.id
    WHERE d.organization_id = ${organization} AND d.status = 'ready'
    GROUP BY d.id HAVING count(c.id) <> d.passage_count OR count(c.id) = 0 OR max(c.ordinal) + 1 <> count(c.id)`,
  'passages that are there twice': (organization) => `
    SELECT document_id AS name FROM chunk WHERE organization_id = ${organization}
    GROUP BY document_id, start_offset, end_offset HAVING count(*) > 1`,
  'passages that are not searchable': (organization) => `
    SELECT c.id AS name FROM chunk c LEFT JOIN chunk_search s ON s.chunk_id = c.id
    WHERE c.organization_id = ${organization} AND s.chunk_id IS NULL`,
  'ready documents without their text': (organization) => `
    SELECT d.title AS name FROM document d LEFT JOIN document_content t ON t.document_id = d.id
    WHERE d.organization_id = ${organization} AND d.status = 'ready' AND t.document_id IS NULL`,
  'documents with another number of jobs than one': (organization) => `
    SELECT d.title AS name FROM document d
    LEFT JOIN outbox_event e ON e.queue = 'ingestion' AND e.payload->>'documentId' = d.id::text
    WHERE d.organization_id = ${organization} AND d.status <> 'uploading' GROUP BY d.id HAVING count(e.id) <> 1`,
  'jobs with another number of effects than one': (organization) => `
    SELECT e.id AS name FROM outbox_event e LEFT JOIN consumed_event c ON c.event_id = e.id AND c.consumer = e.queue
    WHERE e.organization_id = ${organization} AND e.queue = 'ingestion' GROUP BY e.id HAVING count(c.event_id) <> 1`,
  'effects of no job': () => `
    SELECT c.event_id AS name FROM consumed_event c LEFT JOIN outbox_event e ON e.id = c.event_id
    WHERE c.consumer = 'ingestion' AND e.id IS NULL`,
  'events that were not sent': () => `SELECT id AS name FROM outbox_event WHERE sent_at IS NULL AND settled_at IS NULL`,
  'jobs that were given up': () => `SELECT queue || ' ' || code || ': ' || detail AS name FROM failed_job`,
};

/**
 * Compares what the load was told with what is there. Call it when all is settled.
 * @param {{ member: object, database: object, load: { run: string, attempted: Set<string>, acknowledged: Map<string, string> } }} options
 * @returns {Promise<{ faults: string[], documents: number, acknowledged: number }>} faults: empty when the books balance
 */
export async function accountFor({ member, database, load }) {
  const documents = await listDocuments(member);
  const faults = compareWithAcknowledged(documents, load);
  for (const [title, question] of Object.entries(effectQuestions)) {
    const rows = await database.rows(question(quote(member.organizationId)));
    faults.push(
      ...fault(
        title,
        rows.map(({ name }) => name),
      ),
    );
  }
  return { faults, documents: documents.length, acknowledged: load.acknowledged.size };
}
