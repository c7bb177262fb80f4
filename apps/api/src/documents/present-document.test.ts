import { documentSchema } from '@repo/contracts/documents';
import type { DocumentRecord } from '@repo/database/repositories/documents';
import { describe, expect, it } from 'vitest';
import { presentDocument } from '@repo/database/present-document';

const at = new Date('2026-11-20T08:00:00.000Z');
const row: DocumentRecord = {
  id: '0199f3f0-0000-7000-8000-000000000001',
  organizationId: 'org',
  title: 'Travel policy',
  source: 'uploaded',
  filename: 'travel.pdf',
  contentType: 'application/pdf',
  sizeBytes: 1_024,
  storageKey: 'organizations/org/documents/x/1',
  status: 'ready',
  stage: null,
  progress: null,
  failureCode: null,
  version: 2,
  characterCount: 12_000,
  passageCount: 14,
  createdBy: { id: 'user', name: 'Ada' },
  createdAt: at,
  updatedAt: at,
  readyAt: at,
};

describe('presentDocument', () => {
  it('answers exactly what the contract says: no storage key, no version, no organization', () => {
    const document = presentDocument(row);
    expect(documentSchema.strict().parse(document)).toEqual(document);
  });

  it('shows a stage and a fraction only while processing', () => {
    expect(presentDocument({ ...row, status: 'processing' })).toMatchObject({ stage: 'waiting', progress: 0 });
    expect(presentDocument({ ...row, stage: 'indexing', progress: 0.9 })).toMatchObject({ stage: null, progress: null });
  });

  it('explains a failure in the words of the catalogue, also one whose code is gone from it', () => {
    const failed = presentDocument({ ...row, status: 'failed', failureCode: 'document.encrypted' });
    expect(failed.failure).toEqual({ code: 'document.encrypted', message: expect.stringContaining('password') as string });
    expect(presentDocument({ ...row, status: 'failed', failureCode: 'once.known' }).failure?.code).toBe('document.processing_failed');
  });
});
