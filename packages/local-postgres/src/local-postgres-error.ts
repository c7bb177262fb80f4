/** PostgreSQL cannot be had on this machine; the message says why and what to do. */
export class LocalPostgresError extends Error {
  override readonly name = 'LocalPostgresError';
}
