import { variable } from '../variable.js';

/** One definition for both servers that stand behind the proxy. */
export const drainDelay = variable.duration({
  description: 'How long a stopping server says "not ready" and still serves, so that the proxy looks elsewhere first.',
  default: '5s',
  defaultIn: { development: '0', test: '0' },
  max: '1m',
});
