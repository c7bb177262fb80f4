import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** PostgreSQL. */
export const databaseEnv = defineEnv('Database', {
  DATABASE_URL: variable.url({
    description: 'PostgreSQL 15 or newer, with the builtin C.UTF-8 locale.',
    secret: true,
    protocols: ['postgres', 'postgresql'],
    example: 'postgresql://app:changeme@127.0.0.1:5432/app',
  }),
  DATABASE_POOL_MAX: variable.integer({
    description: 'Connections of one process. The sum over all processes, twice during a deploy, must fit max_connections.',
    default: 8,
    min: 1,
    max: 200,
  }),
  DATABASE_STATEMENT_TIMEOUT: variable.duration({
    description: 'PostgreSQL stops a statement after this time.',
    default: '10s',
    min: '100ms',
  }),
});
