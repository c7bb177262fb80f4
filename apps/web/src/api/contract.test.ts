import type { Document } from '@repo/contracts/documents';
import { describe, expectTypeOf, it } from 'vitest';
import type { ApiAnswer, ApiArguments, RouteKey } from './contract';

describe('the types of a call', () => {
  it('know each route by method and path', () => {
    expectTypeOf<'GET /api/v1/documents/{documentId}'>().toExtend<RouteKey>();
    expectTypeOf<'PUT /api/v1/documents'>().not.toExtend<RouteKey>();
  });

  it('answer with what the contract says, and with undefined where the body is empty', () => {
    expectTypeOf<ApiAnswer<'GET /api/v1/documents/{documentId}'>>().toEqualTypeOf<Document>();
    expectTypeOf<ApiAnswer<'DELETE /api/v1/documents/{documentId}'>>().toEqualTypeOf<undefined>();
  });

  it('ask for parameters where the path has some, and for nothing where the route takes nothing', () => {
    expectTypeOf<[{ params: { documentId: string } }]>().toExtend<ApiArguments<'GET /api/v1/documents/{documentId}', object>>();
    expectTypeOf<[]>().not.toExtend<ApiArguments<'GET /api/v1/documents/{documentId}', object>>();
    expectTypeOf<[]>().toExtend<ApiArguments<'GET /api/v1/session', object>>();
    expectTypeOf<[]>().toExtend<ApiArguments<'GET /api/v1/documents', object>>();
    expectTypeOf<[{ query: { limit: number } }]>().toExtend<ApiArguments<'GET /api/v1/documents', object>>();
  });
});
