import type { DocumentSource, DocumentStage, DocumentStatus } from '../generated/enums.js';

export type { DocumentSource, DocumentStage, DocumentStatus } from '../generated/enums.js';

/** A document as the repositories hand it out. */
export interface DocumentRecord {
  id: string;
  organizationId: string;
  title: string;
  source: DocumentSource;
  filename: string | null;
  contentType: string;
  sizeBytes: number;
  storageKey: string | null;
  status: DocumentStatus;
  stage: DocumentStage | null;
  progress: number | null;
  failureCode: string | null;
  version: number;
  characterCount: number | null;
  passageCount: number | null;
  createdBy: { id: string; name: string } | null;
  createdAt: Date;
  updatedAt: Date;
  readyAt: Date | null;
}

/** The select list of a DocumentRecord, over `document d` and its creator `creator`. */
export const documentColumns = `
  d.id, d.organization_id AS "organizationId", d.title, d.source, d.filename, d.content_type AS "contentType",
  d.size_bytes AS "sizeBytes", d.storage_key AS "storageKey", d.status, d.stage, d.progress,
  d.failure_code AS "failureCode", d.version, d.character_count AS "characterCount", d.passage_count AS "passageCount",
  d.created_at AS "createdAt", d.updated_at AS "updatedAt", d.ready_at AS "readyAt",
  CASE WHEN creator.id IS NOT NULL THEN jsonb_build_object('id', creator.id, 'name', creator.name) END AS "createdBy"`;

/** What `documentColumns` selects from: `d` must be in front of it. */
export const joinCreator = 'LEFT JOIN "user" creator ON creator.id = d.created_by_id';

/** The same row through Prisma. */
export const documentSelection = {
  id: true,
  organizationId: true,
  title: true,
  source: true,
  filename: true,
  contentType: true,
  sizeBytes: true,
  storageKey: true,
  status: true,
  stage: true,
  progress: true,
  failureCode: true,
  version: true,
  characterCount: true,
  passageCount: true,
  createdAt: true,
  updatedAt: true,
  readyAt: true,
  createdBy: { select: { id: true, name: true } },
} as const;

/** Names one document of one organization. */
export interface DocumentKey {
  organizationId: string;
  documentId: string;
}

/** Names one processing of a document; a later processing makes it stale. */
export interface DocumentVersion extends DocumentKey {
  version: number;
}
