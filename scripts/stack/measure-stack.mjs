// What a production installation takes while it is used and while a release is deployed.
import { setTimeout as sleep } from 'node:timers/promises';
import { carriedRates } from './carried-rates.mjs';
import { startLoad } from './load.mjs';
import { watchMemory } from './memory.mjs';

/** Beside the box in production: the database, and the mail catcher of the tests. */
export const outsideTheBox = ['postgres', 'mail'];

/**
 * Loads the installation for `seconds`, deploys `release` in the middle, and watches the memory of all of it.
 * @returns {Promise<{ rates: object, load: object, memory: object, deploy: { code: number, output: string, seconds: number } }>}
 */
export async function measureStack({ installation, member, release, seconds }) {
  const rates = await carriedRates(member);
  const memory = await watchMemory({ project: installation.project, outside: outsideTheBox });
  const load = await startLoad(member, { rates });
  await sleep(seconds * 500);
  const deploy = await installation.script('deploy', '--release', release);
  await sleep(seconds * 500);
  return { rates, load: await load.stop(), memory: await memory.stop(), deploy };
}
