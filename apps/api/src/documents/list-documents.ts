import type { documentRoutes } from '@repo/contracts/documents';
import type { RouteAnswer } from '@repo/contracts/route';
import { listDocuments as readPage } from '@repo/database/repositories/documents';
import type { Call } from '../platform/endpoint.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { presentDocument } from '@repo/database/present-document';

/** A page of the organization's documents, newest first. Throws `request.invalid` for a cursor that is none of ours. */
export async function listDocuments(
  { database }: Pick<DocumentDependencies, 'database'>,
  { principal, query }: Pick<Call<typeof documentRoutes.list>, 'principal' | 'query'>,
): Promise<RouteAnswer<typeof documentRoutes.list>> {
  const { cursor, limit, status } = query;
  const page = await readPage(database.pool, {
    organizationId: principal.organizationId,
    limit,
    ...(cursor && { cursor }),
    ...(status && { status }),
  });
  return { items: page.items.map(presentDocument), nextCursor: page.nextCursor };
}
