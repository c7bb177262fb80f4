import type { Readable } from 'node:stream';

/** What is written: its media type, and exactly how many bytes it has. */
export interface ObjectDescription {
  contentType: string;
  sizeBytes: number;
}

export interface UploadRequest extends ObjectDescription {
  key: string;
  expiresInSeconds: number;
}

export interface DownloadRequest {
  key: string;
  /** Under which name the browser saves it. */
  filename: string;
  contentType: string;
  expiresInSeconds: number;
}

/** An address that takes one upload, until it expires, with exactly these headers. */
export interface PresignedUpload {
  method: 'PUT';
  url: string;
  headers: Record<string, string>;
  expiresAt: Date;
}

export interface PresignedDownload {
  url: string;
  expiresAt: Date;
}

/**
 * Objects by key. Every method throws `storage.unavailable` when the store does not answer, and `service.bug` for a
 * key that is not made of plain segments.
 */
export interface Storage {
  /** Writes all or nothing. Throws `upload.mismatch` when the body is not exactly `sizeBytes` long. */
  put(key: string, body: Buffer | Readable, description: ObjectDescription): Promise<void>;
  /** The bytes as they were when called, also when the object is replaced meanwhile. Throws `storage.object_not_found`. */
  get(key: string): Promise<Readable>;
  stat(key: string): Promise<ObjectDescription | null>;
  /** Nothing there is fine too. */
  delete(key: string): Promise<void>;
  presignUpload(request: UploadRequest): Promise<PresignedUpload>;
  presignDownload(request: DownloadRequest): Promise<PresignedDownload>;
  /** Resolves when objects can be stored now. */
  ping(signal: AbortSignal): Promise<void>;
}
