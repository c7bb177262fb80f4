import { loadEnv, runtimeEnv, storageEnv } from '@repo/config';
import { describe, expect, it } from 'vitest';
import { createStorage } from './create-storage.js';

const key = 'organizations/o/documents/d/1';
const upload = { key, contentType: 'text/plain', sizeBytes: 3, expiresInSeconds: 60 };

/** The settings as a process reads them. */
function settingsFrom(source: Record<string, string>) {
  return loadEnv({ NODE_ENV: 'test', APP_URL: 'https://app.example.org', ...source }, runtimeEnv, storageEnv);
}

describe('createStorage', () => {
  it('keeps files on disk under addresses that the API serves and verifies', async () => {
    const { storage, diskStorage } = createStorage(
      settingsFrom({ STORAGE_DRIVER: 'disk', STORAGE_DISK_PATH: 'never-written', STORAGE_SIGNING_SECRET: 's'.repeat(32) }),
    );
    const url = new URL((await storage.presignUpload(upload)).url);
    expect(url.origin + url.pathname).toBe(`https://app.example.org/api/uploads/${key}`);
    expect(diskStorage?.verifyUpload({ key, query: Object.fromEntries(url.searchParams) })).toMatchObject({ sizeBytes: 3 });
  });

  it('signs for the bucket, service and key that are named', async () => {
    const { storage, diskStorage } = createStorage(
      settingsFrom({
        STORAGE_DRIVER: 's3',
        S3_BUCKET: 'uploads',
        S3_REGION: 'eu-central-1',
        S3_ENDPOINT: 'https://s3.example.org',
        S3_ACCESS_KEY_ID: 'the-key-id',
        S3_SECRET_ACCESS_KEY: 'the-secret',
        S3_FORCE_PATH_STYLE: 'true',
      }),
    );
    const url = new URL((await storage.presignUpload(upload)).url);
    expect(url.origin + url.pathname).toBe(`https://s3.example.org/uploads/${key}`);
    expect(url.searchParams.get('X-Amz-Credential')).toMatch(/^the-key-id\/\d+\/eu-central-1\//);
    expect(diskStorage).toBeNull();
  });
});
