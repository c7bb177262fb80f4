// How much load this machine carries. A box that is busy with other things cannot show what a deploy does to requests:
// it refuses some without any deploy.
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRates, startLoad } from './load.mjs';

/** From little to all; the slow uploads are one a second whatever the share. */
const shares = [0.25, 0.5, 1];
const trialMs = 4_000;
/** In the 99th percentile of the reads. A deploy needs about a whole core for itself, so there must be room. */
const promptMs = 250;

const ratesOf = (share) => ({
  ...Object.fromEntries(Object.entries(defaultRates).map(([name, perSecond]) => [name, perSecond * share])),
  slowUploads: defaultRates.slowUploads,
});

/**
 * The largest share of the default rates at which a trial of some seconds is answered promptly, a quarter at least.
 * STACK_LOAD_SHARE, from 0 to 1, decides it instead.
 */
export async function carriedRates(member) {
  const wanted = Number(process.env.STACK_LOAD_SHARE ?? 0);
  if (wanted > 0) return announce(wanted);
  let carried = shares[0];
  for (const share of shares) {
    if (!(await isPrompt(member, ratesOf(share)))) break;
    carried = share;
  }
  return announce(carried);
}

function announce(share) {
  console.log(`load: ${Math.round(share * 100)} % of the default rates`);
  return ratesOf(share);
}

async function isPrompt(member, rates) {
  const load = await startLoad(member, { rates: { ...rates, slowUploads: 0 } });
  await sleep(trialMs);
  const { failures, streams } = await load.stop();
  return failures.length === 0 && streams.every(({ stream, p99Ms }) => !stream.startsWith('read') || p99Ms < promptMs);
}
