import type { Document } from '@repo/contracts/documents';
import { describe, expect, it } from 'vitest';
import { reduceUploads, uploadsToStart, type Upload, type UploadEvent } from './upload-state';

function anUpload(id: string, changes: Partial<Upload> = {}): Upload {
  return {
    id,
    filename: `${id}.pdf`,
    sizeBytes: 100,
    contentType: 'application/pdf',
    phase: 'waiting',
    sentBytes: 0,
    document: null,
    failure: null,
    notice: null,
    attempt: 0,
    ...changes,
  };
}

function aDocument(changes: Partial<Document> = {}): Document {
  return {
    id: 'd1',
    title: 'A',
    source: 'uploaded',
    filename: 'a.pdf',
    contentType: 'application/pdf',
    sizeBytes: 100,
    status: 'uploading',
    stage: null,
    progress: null,
    failure: null,
    characterCount: null,
    passageCount: null,
    createdBy: null,
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:00.000Z',
    readyAt: null,
    ...changes,
  };
}

const play = (uploads: readonly Upload[], ...events: UploadEvent[]) => events.reduce(reduceUploads, uploads);

describe('uploadsToStart', () => {
  it('never lets more than three be under way, and starts the first dropped first', () => {
    const uploads = [anUpload('a', { phase: 'sending' }), anUpload('b'), anUpload('c'), anUpload('d'), anUpload('e', { phase: 'refused' })];
    expect(uploadsToStart(uploads).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(uploadsToStart(uploads.map((upload) => ({ ...upload, phase: 'sending' as const })))).toEqual([]);
  });
});

describe('reduceUploads', () => {
  it('goes from waiting through sending to the server, with the bytes counted', () => {
    const [upload] = play(
      [anUpload('a')],
      { type: 'started', id: 'a' },
      { type: 'created', id: 'a', document: aDocument() },
      { type: 'progressed', id: 'a', sentBytes: 60 },
      { type: 'handed-over', id: 'a', document: aDocument({ status: 'processing', updatedAt: '2026-11-20T10:00:01.000Z' }) },
    );
    expect(upload).toMatchObject({ phase: 'handed-over', sentBytes: 100, document: { status: 'processing' } });
  });

  it('does not count more bytes than the file has, though the browser counts the envelope too', () => {
    const [upload] = play([anUpload('a', { phase: 'sending' })], { type: 'progressed', id: 'a', sentBytes: 140 });
    expect(upload?.sentBytes).toBe(100);
  });

  it('keeps the later state of a document when a live event overtakes the answer', () => {
    const [upload] = play(
      [anUpload('a', { phase: 'sending', document: aDocument() })],
      { type: 'document-changed', document: aDocument({ status: 'ready', updatedAt: '2026-11-20T10:00:09.000Z' }) },
      { type: 'handed-over', id: 'a', document: aDocument({ status: 'processing', updatedAt: '2026-11-20T10:00:01.000Z' }) },
    );
    expect(upload?.document?.status).toBe('ready');
  });

  it('begins a retry from nothing sent and a raised attempt, and retries only what failed', () => {
    const failure = { message: 'x', requestId: null };
    expect(play([anUpload('a', { phase: 'failed', sentBytes: 50, failure })], { type: 'retried', id: 'a' })[0]).toMatchObject({
      phase: 'waiting',
      sentBytes: 0,
      failure: null,
      attempt: 1,
    });
    const refused = [anUpload('a', { phase: 'refused', failure })];
    expect(play(refused, { type: 'retried', id: 'a' })).toBe(refused);
  });

  it('shows why it waits, and stops showing it when bytes flow again', () => {
    const paused = play([anUpload('a', { phase: 'sending', sentBytes: 50 })], { type: 'paused', id: 'a', notice: 'Waiting' });
    expect(paused[0]).toMatchObject({ phase: 'sending', sentBytes: 0, notice: 'Waiting' });
    expect(play(paused, { type: 'progressed', id: 'a', sentBytes: 1 })[0]?.notice).toBeNull();
  });

  it('ignores what comes after a cancel, a failure or a hand-over', () => {
    const uploads = [anUpload('a', { phase: 'handed-over', sentBytes: 100 })];
    expect(
      play(
        uploads,
        { type: 'progressed', id: 'a', sentBytes: 10 },
        { type: 'failed', id: 'a', failure: { message: 'x', requestId: null } },
      ),
    ).toBe(uploads);
    expect(play(uploads, { type: 'removed', id: 'a' }, { type: 'progressed', id: 'a', sentBytes: 10 })).toEqual([]);
  });

  it('forgets settled uploads when asked, and keeps what is under way or can be retried', () => {
    const uploads = [
      anUpload('a', { phase: 'sending' }),
      anUpload('b', { phase: 'handed-over' }),
      anUpload('c', { phase: 'failed' }),
      anUpload('d', { phase: 'refused' }),
    ];
    expect(play(uploads, { type: 'settled-dropped' }).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('takes the row away when someone else deletes the document', () => {
    expect(play([anUpload('a', { phase: 'handed-over', document: aDocument() })], { type: 'document-deleted', documentId: 'd1' })).toEqual(
      [],
    );
  });

  it('puts a later drop above the earlier ones and keeps the order within a drop', () => {
    const uploads = play([anUpload('a'), anUpload('b')], { type: 'added', uploads: [anUpload('c'), anUpload('d')] });
    expect(uploads.map(({ id }) => id)).toEqual(['c', 'd', 'a', 'b']);
  });
});
