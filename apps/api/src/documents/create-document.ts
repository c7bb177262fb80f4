import type { documentRoutes } from '@repo/contracts/documents';
import type { RouteAnswer } from '@repo/contracts/route';
import { AnswerWithStatus, type Call } from '../platform/endpoint.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { uploadDocument } from './upload-document.js';
import { writeDocument } from './write-document.js';

type Create = typeof documentRoutes.create;

/** Creates a document: 201 with an upload address for a file, 202 for a text, which needs no upload. */
export async function createDocument(
  dependencies: DocumentDependencies,
  call: Call<Create>,
): Promise<RouteAnswer<Create> | AnswerWithStatus<RouteAnswer<Create>>> {
  const { principal, requestId, keepAnswer, body } = call;
  if ('filename' in body) {
    const answer = await uploadDocument(dependencies, { principal, keepAnswer, body });
    return new AnswerWithStatus(201, answer, new Date(answer.upload.expiresAt));
  }
  const document = await writeDocument(dependencies, { principal, requestId, keepAnswer, body });
  return new AnswerWithStatus(202, { document, upload: null });
}
