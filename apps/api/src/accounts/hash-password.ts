import { AppError } from '@repo/errors';
import { hash, verify, type Options } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** OWASP ASVS 5.0, appendix C: argon2id with t = 2 wants at least 19 MiB. argon2id is the library's default. */
const parameters: Options = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Each hash holds 19 MiB, so a flood of sign-ins must wait in line instead of filling the memory. */
const maxConcurrentHashes = 2;
/** About four seconds of work; who comes later is told to come back. */
const maxWaitingHashes = 200;

const inLine = pLimit(maxConcurrentHashes);

/** Hashes a password with argon2id. Throws `service.busy` when too many are waiting. */
export function hashPassword(password: string): Promise<string> {
  return takeTurn(() => hash(password.normalize('NFKC'), parameters));
}

/** True when the password belongs to the hash. Throws `service.busy` when too many are waiting. */
export function verifyPassword({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> {
  return takeTurn(() => verify(stored, password.normalize('NFKC')));
}

function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (inLine.pendingCount >= maxWaitingHashes) throw new AppError('service.busy', { retryAfterSeconds: 5 });
  return inLine(work);
}
