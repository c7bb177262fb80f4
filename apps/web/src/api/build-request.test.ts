import { expect, it } from 'vitest';
import { buildRequest } from './build-request';

it('puts encoded parameters into the path, so that none can lead elsewhere', () => {
  expect(buildRequest('GET /api/v1/documents/{documentId}/content', { params: { documentId: '../x?y' } })).toEqual({
    method: 'GET',
    path: '/api/v1/documents/..%2Fx%3Fy/content',
    body: undefined,
  });
});

it('leaves out query fields that were not given', () => {
  const { path } = buildRequest('GET /api/v1/search', { query: { q: 'a & b', cursor: undefined, limit: 5 } });
  expect(path).toBe('/api/v1/search?q=a+%26+b&limit=5');
});

it('sends a body as JSON and nothing where there is none', () => {
  expect(buildRequest('POST /api/v1/api-keys', { body: { name: 'x' } }).body).toBe('{"name":"x"}');
  expect(buildRequest('DELETE /api/v1/api-keys/{apiKeyId}', { params: { apiKeyId: 'k' } }).body).toBeUndefined();
});
