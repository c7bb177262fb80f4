import type { EnvValues, runtimeEnv, storageEnv } from '@repo/config';
import { invariant } from '@repo/errors';
import { createDiskStorage, type DiskStorage } from './disk/disk-storage.js';
import { createS3Storage } from './s3/s3-storage.js';
import type { Storage } from './storage.js';

/** What the choice of a storage needs to know of the checked environment. */
export type StorageSettings = EnvValues<readonly [typeof storageEnv]> & Pick<EnvValues<readonly [typeof runtimeEnv]>, 'APP_URL'>;

/**
 * The storage that the environment names. `diskStorage` is the same one when it is on disk, where the API serves its
 * addresses, else null.
 */
export function createStorage(settings: StorageSettings): { storage: Storage; diskStorage: DiskStorage | null } {
  if (settings.STORAGE_DRIVER === 's3') return { storage: createS3(settings), diskStorage: null };
  invariant(settings.STORAGE_DISK_PATH && settings.STORAGE_SIGNING_SECRET, 'the environment was checked');
  const diskStorage = createDiskStorage({
    directory: settings.STORAGE_DISK_PATH,
    publicUrl: `${settings.APP_URL}/api/uploads`,
    signingSecret: settings.STORAGE_SIGNING_SECRET,
  });
  return { storage: diskStorage, diskStorage };
}

function createS3(settings: StorageSettings): Storage {
  invariant(settings.S3_BUCKET && settings.S3_REGION, 'the environment was checked');
  return createS3Storage({
    bucket: settings.S3_BUCKET,
    region: settings.S3_REGION,
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    ...(settings.S3_ENDPOINT !== undefined && { endpoint: settings.S3_ENDPOINT }),
    ...(settings.S3_ACCESS_KEY_ID !== undefined && { accessKeyId: settings.S3_ACCESS_KEY_ID }),
    ...(settings.S3_SECRET_ACCESS_KEY !== undefined && { secretAccessKey: settings.S3_SECRET_ACCESS_KEY }),
  });
}
