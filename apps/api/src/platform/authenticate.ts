import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './principal.js';

/**
 * Finds out who sent these headers: a session cookie or an API key (`x-api-key` or `Authorization: Bearer`).
 * Answers null for nobody. Throws `auth.api_key_invalid` for a key that does not hold.
 */
export type Authenticate = (request: { headers: IncomingHttpHeaders }) => Promise<Caller | null>;
