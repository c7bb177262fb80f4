import { AppError } from '@repo/errors';

/** True when the store answered that there is no such object. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'NoSuchKey' || thrown.name === 'NotFound');
}

/** Turns what the SDK throws into AppErrors. */
export async function translate<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (isNotFound(thrown)) throw new AppError('storage.object_not_found', { cause: thrown });
    throw toUnavailable(thrown);
  }
}

/** What the store or the way to it did wrong, as `storage.unavailable`. */
export function toUnavailable(thrown: unknown): AppError {
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new AppError('storage.unavailable', { detail, cause: thrown });
}
