export { contentDisposition } from './content-disposition.js';
export type { RequestHeaders } from './disk/check-upload-headers.js';
export { createStorage, type StorageSettings } from './create-storage.js';
export { createDiskStorage, type DiskStorage, type DiskStorageOptions, type SignedRequest } from './disk/disk-storage.js';
export type { PublishDecision } from './disk/write-object.js';
export type { S3StorageOptions } from './s3/s3-client.js';
export { createS3Storage } from './s3/s3-storage.js';
export type { DownloadRequest, ObjectDescription, PresignedDownload, PresignedUpload, Storage, UploadRequest } from './storage.js';
