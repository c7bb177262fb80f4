import { z } from 'zod';
import { idSchema, pageOf, pageQuery, storableText, timestampSchema } from './fields.js';
import { defineRoute } from './route.js';

/** The largest file, bytes: 25 MB. */
export const maxDocumentBytes = 25 * 1024 * 1024;
/** The longest text that can be written by hand, characters. */
export const maxWrittenCharacters = 1_000_000;

/** The types that can be read, with the file endings that stand for them. */
export const documentTypes = {
  'application/pdf': ['.pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'text/markdown': ['.md', '.markdown'],
  'text/html': ['.html', '.htm'],
  'text/plain': ['.txt', '.text', '.log'],
} as const;
export type DocumentContentType = keyof typeof documentTypes;
export const documentContentTypeSchema = z.enum(Object.keys(documentTypes) as [DocumentContentType, ...DocumentContentType[]]);

export const documentStatusSchema = z.enum(['uploading', 'processing', 'ready', 'failed']);
export type DocumentStatus = z.infer<typeof documentStatusSchema>;

/** Where a document in `processing` stands: not yet begun, text being extracted, passages being indexed. */
export const documentStageSchema = z.enum(['waiting', 'reading', 'indexing']);
export type DocumentStage = z.infer<typeof documentStageSchema>;

export const documentSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    source: z.enum(['uploaded', 'written']),
    filename: z.string().nullable(),
    contentType: z.string(),
    sizeBytes: z.number().int(),
    status: documentStatusSchema,
    stage: documentStageSchema.nullable().meta({ description: 'Only while processing.' }),
    progress: z.number().min(0).max(1).nullable().meta({ description: 'Fraction of the whole, only while processing.' }),
    failure: z.object({ code: z.string(), message: z.string() }).nullable().meta({ description: 'Only when failed.' }),
    characterCount: z.number().int().nullable(),
    passageCount: z.number().int().nullable(),
    createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    readyAt: timestampSchema.nullable(),
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof documentSchema>;

export const documentBlockSchema = z
  .object({
    kind: z.enum(['heading', 'paragraph', 'list-item', 'code', 'quote', 'table-row']),
    start: z.number().int().meta({ description: 'Offset into `text`, UTF-16 code units.' }),
    end: z.number().int(),
    level: z.number().int().min(1).max(6).optional().meta({ description: 'Of a heading, or the depth of a list item.' }),
    page: z.number().int().min(1).optional().meta({ description: 'In a PDF, counted from 1.' }),
  })
  .meta({ id: 'DocumentBlock' });
export type DocumentBlock = z.infer<typeof documentBlockSchema>;

export const documentContentSchema = z
  .object({ documentId: idSchema, text: z.string(), blocks: z.array(documentBlockSchema) })
  .meta({ id: 'DocumentContent' });
export type DocumentContent = z.infer<typeof documentContentSchema>;

const uploadRequestSchema = z.object({
  title: storableText({ min: 1, max: 200 }).optional(),
  filename: storableText({ min: 1, max: 255 }),
  contentType: z.string().min(1).max(255).meta({ description: 'One of the readable types; the file ending decides when it is generic.' }),
  sizeBytes: z.number().int().min(0),
});
const writeRequestSchema = z.object({
  title: storableText({ min: 1, max: 200 }),
  text: storableText({ min: 1, max: maxWrittenCharacters, trim: false }).meta({ description: 'Markdown.' }),
});
export type UploadDocumentRequest = z.infer<typeof uploadRequestSchema>;
export type WriteDocumentRequest = z.infer<typeof writeRequestSchema>;
export const createDocumentBodySchema = z.union([writeRequestSchema.strict(), uploadRequestSchema.strict()]);

/** How the client sends the bytes: one request with exactly these headers, before `expiresAt`. */
export const uploadTargetSchema = z
  .object({ method: z.literal('PUT'), url: z.url(), headers: z.record(z.string(), z.string()), expiresAt: timestampSchema })
  .meta({ id: 'UploadTarget' });
export type UploadTarget = z.infer<typeof uploadTargetSchema>;

const documentParams = z.object({ documentId: idSchema });
const common = { tag: 'Documents', access: 'member', apiKeys: true, rateLimit: 'api' } as const;

export const documentRoutes = {
  create: defineRoute({
    ...common,
    method: 'POST',
    path: '/api/v1/documents',
    summary: 'Create a document',
    description:
      'With `filename`, `contentType` and `sizeBytes`: 201 with an upload address. With `title` and `text`: 202, `upload` is null.',
    body: createDocumentBodySchema,
    bodyLimitBytes: 4 * 1024 * 1024,
    success: { status: 201, schema: z.object({ document: documentSchema, upload: uploadTargetSchema.nullable() }) },
    errors: ['document.too_large', 'document.unsupported_type', 'document.empty'],
    rateLimit: 'upload',
  }),
  complete: defineRoute({
    ...common,
    method: 'POST',
    path: '/api/v1/documents/{documentId}/complete',
    summary: 'Say that the upload is done',
    description: 'Completing twice changes nothing the second time.',
    params: documentParams,
    success: { status: 202, schema: documentSchema },
    errors: ['document.not_found', 'document.upload_missing', 'document.size_mismatch', 'document.not_uploading', 'storage.unavailable'],
  }),
  list: defineRoute({
    ...common,
    method: 'GET',
    path: '/api/v1/documents',
    summary: 'List documents, newest first',
    query: z.object({ ...pageQuery, status: documentStatusSchema.optional() }),
    success: { status: 200, schema: pageOf(documentSchema) },
    errors: [],
  }),
  get: defineRoute({
    ...common,
    method: 'GET',
    path: '/api/v1/documents/{documentId}',
    summary: 'Read one document',
    params: documentParams,
    success: { status: 200, schema: documentSchema },
    errors: ['document.not_found'],
  }),
  update: defineRoute({
    ...common,
    method: 'PATCH',
    path: '/api/v1/documents/{documentId}',
    summary: 'Rename a document',
    params: documentParams,
    body: z.object({ title: storableText({ min: 1, max: 200 }) }).strict(),
    success: { status: 200, schema: documentSchema },
    errors: ['document.not_found'],
  }),
  remove: defineRoute({
    ...common,
    method: 'DELETE',
    path: '/api/v1/documents/{documentId}',
    summary: 'Delete a document with its file and passages',
    params: documentParams,
    success: { status: 204, schema: null },
    errors: ['document.not_found'],
  }),
  content: defineRoute({
    ...common,
    method: 'GET',
    path: '/api/v1/documents/{documentId}/content',
    summary: 'Read the extracted text',
    params: documentParams,
    success: { status: 200, schema: documentContentSchema },
    errors: ['document.not_found', 'document.not_ready'],
  }),
  download: defineRoute({
    ...common,
    method: 'GET',
    path: '/api/v1/documents/{documentId}/download',
    summary: 'Get an address to download the original file from',
    params: documentParams,
    success: { status: 200, schema: z.object({ url: z.url(), expiresAt: timestampSchema }) },
    errors: ['document.not_found', 'document.no_file', 'document.upload_missing'],
  }),
  reprocess: defineRoute({
    ...common,
    method: 'POST',
    path: '/api/v1/documents/{documentId}/reprocess',
    summary: 'Read and index the document again',
    params: documentParams,
    success: { status: 202, schema: documentSchema },
    errors: ['document.not_found', 'document.busy', 'document.upload_missing'],
    rateLimit: 'expensive',
  }),
};
