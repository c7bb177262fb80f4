import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** Sessions and tokens. */
export const authEnv = defineEnv('Accounts', {
  AUTH_SECRET: variable.text({ description: 'Signs session cookies. Changing it signs everybody out.', secret: true, minLength: 32 }),
});
