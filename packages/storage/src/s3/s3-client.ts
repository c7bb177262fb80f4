import type { S3Client } from '@aws-sdk/client-s3';

export interface S3StorageOptions {
  bucket: string;
  region: string;
  /** Default: the provider's own for the region. */
  endpoint?: string;
  /** What browsers reach the store under, when that is not `endpoint`. */
  publicEndpoint?: string;
  /** Without both keys the machine's own role is used. */
  accessKeyId?: string;
  secretAccessKey?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`; most self-hosted stores want it. */
  forcePathStyle?: boolean;
  /** Until the store answers. Default: 15 000 */
  timeoutMs?: number;
}

export type Sdk = typeof import('@aws-sdk/client-s3');

export interface LoadedSdk {
  sdk: Sdk;
  client: S3Client;
}

const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** Loads the SDK with the first call, so that a process on disk storage never carries it. */
export function lazyClient(options: S3StorageOptions, endpoint: string | undefined): () => Promise<LoadedSdk> {
  let loaded: Promise<LoadedSdk> | undefined;
  return () => (loaded ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: createClient(sdk, options, endpoint) })));
}

function createClient(sdk: Sdk, options: S3StorageOptions, endpoint: string | undefined): S3Client {
  const { region, accessKeyId, secretAccessKey, forcePathStyle = false, timeoutMs = 15_000 } = options;
  const ownKeys = accessKeyId !== undefined && secretAccessKey !== undefined;
  return new sdk.S3Client({
    region,
    forcePathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(ownKeys ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    // Other stores than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    maxAttempts: 3,
    // What goes wrong is thrown; the SDK would also write it to the console.
    logger: silent,
  });
}
