import { invariant } from '@repo/errors';
import { createDiskStorage, createS3Storage, type DiskStorage, type Storage } from '@repo/storage';
import type { Environment } from '../env.js';

/** The storage that the environment names; `diskStorage` is the same one when it is on disk. */
export function createStorage(env: Environment): { storage: Storage; diskStorage?: DiskStorage } {
  if (env.STORAGE_DRIVER === 's3') {
    invariant(env.S3_BUCKET && env.S3_REGION, 'the environment was checked');
    const storage = createS3Storage({
      bucket: env.S3_BUCKET,
      region: env.S3_REGION,
      forcePathStyle: env.S3_FORCE_PATH_STYLE,
      ...(env.S3_ENDPOINT !== undefined && { endpoint: env.S3_ENDPOINT }),
      ...(env.S3_ACCESS_KEY_ID !== undefined && { accessKeyId: env.S3_ACCESS_KEY_ID }),
      ...(env.S3_SECRET_ACCESS_KEY !== undefined && { secretAccessKey: env.S3_SECRET_ACCESS_KEY }),
    });
    return { storage };
  }
  invariant(env.STORAGE_DISK_PATH && env.STORAGE_SIGNING_SECRET, 'the environment was checked');
  const diskStorage = createDiskStorage({
    directory: env.STORAGE_DISK_PATH,
    publicUrl: `${env.APP_URL}/api/uploads`,
    signingSecret: env.STORAGE_SIGNING_SECRET,
  });
  return { storage: diskStorage, diskStorage };
}
