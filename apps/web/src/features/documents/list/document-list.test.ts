import type { Document } from '@repo/contracts/documents';
import { describe, expect, it } from 'vitest';
import type { Upload } from '../upload/upload-state';
import { describeStatus } from './describe-status';
import { type DocumentListEvent, reduceDocumentList, startDocumentList } from './document-list-state';
import { isAnythingMoving, toRows } from './document-rows';

const base: Document = {
  id: '',
  title: 'A',
  source: 'uploaded',
  filename: 'a.pdf',
  contentType: 'application/pdf',
  sizeBytes: 100,
  status: 'ready',
  stage: null,
  progress: null,
  failure: null,
  characterCount: null,
  passageCount: null,
  createdBy: null,
  createdAt: '',
  updatedAt: '2026-11-20T12:00:00.000Z',
  readyAt: null,
};
/** Document `n` was created at minute `n`. */
const doc = (n: number, changes: Partial<Document> = {}): Document => ({
  ...base,
  id: `d${n}`,
  createdAt: `2026-11-20T10:${String(n).padStart(2, '0')}:00.000Z`,
  ...changes,
});
const upload = (id: string, changes: Partial<Upload> = {}): Upload => ({
  id,
  filename: 'a.pdf',
  sizeBytes: 100,
  contentType: 'application/pdf',
  phase: 'waiting',
  sentBytes: 0,
  document: null,
  failure: null,
  notice: null,
  attempt: 0,
  ...changes,
});
const play = (list: ReturnType<typeof startDocumentList>, ...events: DocumentListEvent[]) => events.reduce(reduceDocumentList, list);
const ids = (list: { documents: readonly Document[] }) => list.documents.map(({ id }) => id);

describe('reduceDocumentList', () => {
  it('puts a new document where its age belongs', () => {
    const list = startDocumentList({ items: [doc(9), doc(5)], nextCursor: null }, null);
    expect(ids(play(list, { type: 'changed', document: doc(7) }, { type: 'changed', document: doc(11) }))).toEqual([
      'd11',
      'd9',
      'd7',
      'd5',
    ]);
  });

  it('does not pull in a document that belongs to a page not loaded yet', () => {
    const list = startDocumentList({ items: [doc(9), doc(5)], nextCursor: 'c' }, null);
    expect(ids(play(list, { type: 'changed', document: doc(3) }))).toEqual(['d9', 'd5']);
  });

  it('keeps the later state of a document, whichever comes first', () => {
    const late = doc(9, { title: 'late', updatedAt: '2026-11-20T12:00:09.000Z' });
    const list = play(
      startDocumentList({ items: [doc(9)], nextCursor: null }, null),
      { type: 'changed', document: late },
      { type: 'changed', document: doc(9) },
    );
    expect(list.documents[0]?.title).toBe('late');
    expect(play(list, { type: 'refreshed', page: { items: [doc(9)], nextCursor: null } }).documents[0]?.title).toBe('late');
  });

  it('does not bring a deleted document back with late news', () => {
    const list = startDocumentList({ items: [doc(9)], nextCursor: null }, null);
    const after = play(
      list,
      { type: 'deleted', documentId: 'd9' },
      { type: 'changed', document: doc(9) },
      { type: 'refreshed', page: { items: [doc(9)], nextCursor: null } },
    );
    expect(ids(after)).toEqual([]);
  });

  it('drops on a refresh what was deleted elsewhere and keeps the older pages', () => {
    const list = startDocumentList({ items: [doc(9), doc(8), doc(7), doc(2)], nextCursor: 'old' }, null);
    const after = play(list, { type: 'refreshed', page: { items: [doc(10), doc(9), doc(7)], nextCursor: 'new' } });
    expect(ids(after)).toEqual(['d10', 'd9', 'd7', 'd2']);
    expect(after.nextCursor).toBe('old');
  });

  it('adds an older page without repeating what events brought', () => {
    const list = startDocumentList({ items: [doc(9), doc(8)], nextCursor: 'c' }, null);
    const after = play(list, { type: 'page-added', page: { items: [doc(8), doc(4)], nextCursor: null } });
    expect(ids(after)).toEqual(['d9', 'd8', 'd4']);
    expect(after.nextCursor).toBeNull();
  });

  it('shows under a filter only what has that status, also when it changes', () => {
    const list = startDocumentList({ items: [doc(9, { status: 'failed' })], nextCursor: null }, 'failed');
    expect(ids(play(list, { type: 'changed', document: doc(10) }))).toEqual(['d9']);
    expect(ids(play(list, { type: 'changed', document: doc(9, { updatedAt: '2026-11-20T12:00:01.000Z' }) }))).toEqual([]);
  });
});

describe('toRows', () => {
  it('shows a file and its document as one row that keeps its key', () => {
    const rows = toRows([upload('u1', { phase: 'handed-over', document: doc(9) })], {
      documents: [doc(9), doc(5)],
      status: null,
      hidden: new Set(),
    });
    expect(rows.map(({ key }) => key)).toEqual(['u1', 'd5']);
  });

  it('does not show a document that is being taken away', () => {
    expect(toRows([], { documents: [doc(9), doc(5)], status: null, hidden: new Set(['d9']) }).map(({ key }) => key)).toEqual(['d5']);
  });

  it('shows one row for a file whose document is heard of before the upload was answered', () => {
    const sending = upload('u1', { phase: 'sending', filename: 'A.pdf', sizeBytes: 100 });
    const made = doc(9, { status: 'uploading', filename: 'A.pdf', sizeBytes: 100 });
    const elsewhere = doc(8, { status: 'uploading', filename: 'B.pdf', sizeBytes: 100 });
    const rows = toRows([sending], { documents: [made, elsewhere], status: null, hidden: new Set() });
    expect(rows.map(({ key }) => key)).toEqual(['u1', 'd8']);
    const again = { ...sending, document: doc(7) };
    expect(toRows([again], { documents: [made], status: null, hidden: new Set(['d7']) }).map(({ key }) => key)).toEqual(['u1']);
  });

  it('shows under a filter an upload that needs a decision, and a settled one only where it belongs', () => {
    const uploads = [upload('u1', { phase: 'failed' }), upload('u2', { phase: 'handed-over', document: doc(9, { status: 'processing' }) })];
    expect(toRows(uploads, { documents: [], status: 'ready', hidden: new Set() }).map(({ key }) => key)).toEqual(['u1']);
    expect(toRows(uploads, { documents: [], status: 'processing', hidden: new Set() }).map(({ key }) => key)).toEqual(['u1', 'u2']);
  });
});

describe('isAnythingMoving', () => {
  it('counts a file that was handed over and is being read, though no event has brought its document into the list', () => {
    const handedOver = (status: Document['status']) => [upload('u1', { phase: 'handed-over', document: doc(9, { status }) })];
    expect(isAnythingMoving(handedOver('processing'), [])).toBe(true);
    expect(isAnythingMoving(handedOver('ready'), [doc(8)])).toBe(false);
    expect(isAnythingMoving([upload('u1', { phase: 'sending' })], [])).toBe(true);
    expect(isAnythingMoving([], [doc(8, { status: 'uploading' })])).toBe(true);
  });
});

describe('describeStatus', () => {
  const now = Date.parse('2026-11-20T10:30:00.000Z');

  it('names the stages in order, with a bar that never goes back', () => {
    const steps = [
      describeStatus({ upload: upload('u'), document: null }, now),
      describeStatus({ upload: upload('u', { phase: 'sending', sentBytes: 50 }), document: doc(9) }, now),
      describeStatus({ upload: upload('u', { phase: 'sending', sentBytes: 100 }), document: doc(9) }, now),
      describeStatus(
        { upload: upload('u', { phase: 'handed-over' }), document: doc(9, { status: 'processing', stage: 'waiting', progress: 0 }) },
        now,
      ),
      describeStatus({ upload: null, document: doc(9, { status: 'processing', stage: 'reading', progress: 0.4 }) }, now),
      describeStatus({ upload: null, document: doc(9, { status: 'processing', stage: 'indexing', progress: 0.9 }) }, now),
      describeStatus({ upload: null, document: doc(9) }, now),
    ];
    expect(steps.map(({ label }) => label)).toEqual([
      'Waiting',
      'Uploading 50 %',
      'Uploading 100 %',
      'Waiting',
      'Reading',
      'Indexing',
      'Ready',
    ]);
    expect(steps.map(({ fraction }) => fraction)).toEqual([0, 0.25, 0.5, 0.5, 0.7, 0.95, null]);
  });

  it('says why it failed, in the words of the API', () => {
    const document = doc(9, { status: 'failed', failure: { code: 'document.encrypted', message: 'This PDF is protected by a password.' } });
    expect(describeStatus({ upload: null, document }, now)).toMatchObject({
      label: 'Failed',
      detail: 'This PDF is protected by a password.',
    });
  });

  it('says so when an upload was left behind, and not while another member may still be sending', () => {
    const uploading = doc(9, { status: 'uploading' });
    expect(describeStatus({ upload: null, document: uploading }, now).label).toBe('Uploading');
    expect(describeStatus({ upload: null, document: uploading }, now + 3_600_000)).toMatchObject({ label: 'Not uploaded', tone: 'bad' });
  });
});
