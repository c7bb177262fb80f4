import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

const onDisk = { variable: 'STORAGE_DRIVER', is: 'disk' } as const;
const onS3 = { variable: 'STORAGE_DRIVER', is: 's3' } as const;

/** Where uploaded files are kept. */
export const storageEnv = defineEnv('File storage', {
  STORAGE_DRIVER: variable.choice(['disk', 's3'], {
    description: 'A folder of this machine, or an S3-compatible bucket.',
    default: 'disk',
  }),
  STORAGE_DISK_PATH: variable.text({ description: 'The folder for uploaded files.', requiredWhen: onDisk, example: '.data/storage' }),
  STORAGE_SIGNING_SECRET: variable.text({
    description: 'Signs upload and download addresses of disk storage.',
    secret: true,
    minLength: 32,
    requiredWhen: onDisk,
  }),
  S3_BUCKET: variable.text({ description: 'The bucket for uploaded files.', requiredWhen: onS3 }),
  S3_REGION: variable.text({ description: 'The region of the bucket.', requiredWhen: onS3, example: 'eu-central-1' }),
  S3_ENDPOINT: variable.url({
    description: 'The address of an S3-compatible service; AWS without it.',
    protocols: ['http', 'https'],
    optional: true,
  }),
  S3_ACCESS_KEY_ID: variable.text({
    description: 'Without it the role of the machine or task is used, where containers get one.',
    secret: true,
    optional: true,
  }),
  S3_SECRET_ACCESS_KEY: variable.text({ description: 'The secret of S3_ACCESS_KEY_ID.', secret: true, optional: true }),
  S3_FORCE_PATH_STYLE: variable.boolean({
    description: 'Puts the bucket into the path, as MinIO and other services want it.',
    default: false,
  }),
});
