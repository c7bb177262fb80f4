import { AppError } from '@repo/errors';

/** True when a file or folder was not there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');
}

/** An AppError stays; what the file system threw becomes `storage.unavailable`. */
export function toStorageError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('storage.unavailable', { detail, cause: thrown });
}
