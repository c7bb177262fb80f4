import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** The one-shot process that brings the database to a release. */
export const migratorEnv = defineEnv('Migrator', {
  MIGRATION_LOCK_TIMEOUT: variable.duration({
    description: 'How long a migration waits for a table in use, and with it whoever comes after, before it steps back and tries again.',
    default: '750ms',
    min: '50ms',
    max: '1m',
  }),
  MIGRATION_STATEMENT_TIMEOUT: variable.duration({
    description: 'PostgreSQL stops one statement of a migration after this time. Give more for the index of a large table.',
    default: '10m',
    min: '1s',
  }),
});
