import type { ErrorKind } from './kinds.js';

interface CatalogueEntry {
  kind: ErrorKind;
  /** Overrides the kind's HTTP status where the protocol has a more exact one. */
  httpStatus?: number;
  /** One sentence for the reader: what happened and what to do. Never holds a secret or an internal name. */
  publicMessage: string;
}

/** Every error code that Plinth answers with. `docs/errors.md` is generated from this table. */
export const errorCatalogue = {
  // request
  'request.invalid': { kind: 'invalid', publicMessage: 'Some fields are missing or not as they should be.' },
  'request.malformed_json': { kind: 'invalid', publicMessage: 'The request body is not valid JSON.' },
  'request.body_too_large': { kind: 'invalid', httpStatus: 413, publicMessage: 'The request body is larger than this address accepts.' },
  'request.unsupported_media_type': { kind: 'invalid', httpStatus: 415, publicMessage: 'Send this request as application/json.' },
  'request.route_not_found': { kind: 'not_found', publicMessage: 'There is nothing at this address.' },
  'request.method_not_allowed': { kind: 'invalid', httpStatus: 405, publicMessage: 'This address does not take that method.' },
  'request.cross_site': { kind: 'forbidden', publicMessage: 'This request came from another site and was refused.' },
  'request.idempotency_key_invalid': { kind: 'invalid', publicMessage: 'An Idempotency-Key has 1 to 255 visible ASCII characters.' },
  'request.idempotency_key_reused': {
    kind: 'invalid',
    httpStatus: 422,
    publicMessage: 'This Idempotency-Key was used for a different request.',
  },
  'request.idempotency_in_progress': { kind: 'conflict', publicMessage: 'A request with this Idempotency-Key is still running.' },
  'request.headers_too_large': { kind: 'invalid', httpStatus: 431, publicMessage: 'The headers of this request are too large.' },
  'request.timeout': { kind: 'invalid', httpStatus: 408, publicMessage: 'The request took too long to arrive. Send it again.' },
  'request.aborted': { kind: 'invalid', httpStatus: 499, publicMessage: 'The request was broken off before it was answered.' },
  'request.rate_limited': { kind: 'limited', publicMessage: 'Too many requests. Wait a moment, then try again.' },
  // access
  'auth.unauthenticated': { kind: 'unauthenticated', publicMessage: 'Sign in to continue.' },
  'auth.api_key_invalid': { kind: 'unauthenticated', publicMessage: 'This API key is not valid, was revoked or has expired.' },
  'auth.api_key_not_accepted': { kind: 'forbidden', publicMessage: 'This address is for signed-in people, not for API keys.' },
  'auth.no_organization': { kind: 'forbidden', publicMessage: 'Create or choose an organization first.' },
  'auth.role_required': { kind: 'forbidden', publicMessage: 'Your role in this organization does not allow this.' },
  // documents
  'document.not_found': { kind: 'not_found', publicMessage: 'This document does not exist, or you have no access to it.' },
  'document.too_large': { kind: 'invalid', httpStatus: 413, publicMessage: 'This file is larger than 25 MB.' },
  'document.unsupported_type': {
    kind: 'invalid',
    httpStatus: 415,
    publicMessage: 'Only PDF, Word (.docx), Markdown, HTML and plain text can be read.',
  },
  'document.not_uploading': { kind: 'conflict', publicMessage: 'This document is not waiting for an upload.' },
  'document.upload_missing': { kind: 'conflict', publicMessage: 'The file has not arrived yet. Upload it, then complete again.' },
  'document.not_ready': { kind: 'conflict', publicMessage: 'This document is still being processed.' },
  'document.no_file': { kind: 'not_found', publicMessage: 'This document was written here and has no file to download.' },
  'document.busy': { kind: 'conflict', publicMessage: 'This document is being processed right now.' },
  'document.empty': { kind: 'invalid', publicMessage: 'This file is empty.' },
  'document.size_mismatch': { kind: 'invalid', publicMessage: 'The file that arrived is not as large as announced. Upload it again.' },
  'document.type_mismatch': { kind: 'invalid', publicMessage: 'The file is not of the type that its name says.' },
  'document.encrypted': {
    kind: 'invalid',
    publicMessage: 'This file is protected by a password. Remove the password and upload it again.',
  },
  'document.no_text': {
    kind: 'invalid',
    publicMessage: 'No text was found in this file. It may hold only pictures; run text recognition first.',
  },
  'document.damaged': {
    kind: 'invalid',
    publicMessage: 'This file is damaged and could not be read. Export it again and upload the new copy.',
  },
  'document.too_complex': {
    kind: 'invalid',
    publicMessage: 'This file took too much memory or time to read. Split it and upload the parts.',
  },
  'document.processing_failed': {
    kind: 'bug',
    publicMessage: 'Something went wrong on our side while reading this file. Your file is kept; try again.',
  },
  // uploads
  'upload.signature_invalid': { kind: 'forbidden', publicMessage: 'This upload or download address is not valid. Ask for a new one.' },
  'upload.expired': { kind: 'forbidden', publicMessage: 'This upload or download address has expired. Ask for a new one.' },
  'upload.length_required': { kind: 'invalid', httpStatus: 411, publicMessage: 'Send the Content-Length that the upload was asked for.' },
  'upload.mismatch': { kind: 'invalid', publicMessage: 'The bytes sent are not of the announced size or type.' },
  'upload.too_slow': {
    kind: 'invalid',
    httpStatus: 408,
    publicMessage: 'The upload came to a standstill and was ended. Check your connection, then upload again.',
  },
  // jobs
  'job.not_found': { kind: 'not_found', publicMessage: 'This failed job does not exist, or it was handled already.' },
  // API keys
  'api_key.not_found': { kind: 'not_found', publicMessage: 'This API key does not exist, or it was revoked already.' },
  // storage, dependencies
  'storage.object_not_found': { kind: 'not_found', publicMessage: 'This file is no longer stored.' },
  'storage.unavailable': { kind: 'unavailable', publicMessage: 'The file store does not answer. Nothing was lost; try again in a moment.' },
  'database.unavailable': { kind: 'unavailable', publicMessage: 'The database does not answer. Nothing was saved; try again in a moment.' },
  'database.busy': { kind: 'unavailable', publicMessage: 'Too much is going on at once. Nothing was saved; try again in a moment.' },
  'database.conflict': { kind: 'conflict', publicMessage: 'Someone changed this at the same time. Reload and try again.' },
  'database.misconfigured': { kind: 'unavailable', publicMessage: 'The database is not set up as it must be. Tell the operator.' },
  'database.migration_failed': { kind: 'bug', publicMessage: 'The database could not be brought to this release.' },
  'queue.unavailable': { kind: 'unavailable', publicMessage: 'The job queue does not answer. Try again in a moment.' },
  'redis.unavailable': { kind: 'unavailable', publicMessage: 'A part of this service does not answer. Try again in a moment.' },
  'search.busy': { kind: 'unavailable', publicMessage: 'Too many searches run at once. Try again in a moment.' },
  'email.unavailable': { kind: 'unavailable', publicMessage: 'The mail service does not answer. The mail will be sent again.' },
  'email.rejected': { kind: 'invalid', publicMessage: 'The mail service refused this address.' },
  'embeddings.unavailable': { kind: 'unavailable', publicMessage: 'The embedding service does not answer. Search falls back to text.' },
  'service.unavailable': {
    kind: 'unavailable',
    publicMessage: 'This part of the product does not answer right now. Try again in a moment.',
  },
  'service.draining': { kind: 'unavailable', publicMessage: 'This server is shutting down. Try again.' },
  'service.busy': { kind: 'unavailable', publicMessage: 'Too much is going on at once. Try again in a moment.' },
  'service.timeout': { kind: 'timeout', publicMessage: 'This took too long and was stopped. Try again.' },
  'service.misconfigured': { kind: 'bug', publicMessage: 'This server is not set up correctly.' },
  'service.bug': { kind: 'bug', publicMessage: 'Something went wrong on our side.' },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
