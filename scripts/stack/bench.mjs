// Measures a production installation under load and through a deploy, prints, and writes the section of docs/benchmarks.md.
import { describeMachine, writeSection } from '../bench/write-section.mjs';
import { runScript, stepPrinter, UserError } from '../toolchain.mjs';
import { openInstallation } from './installation.mjs';
import { describeLoad, streamTable } from './load-report.mjs';
import { measureStack } from './measure-stack.mjs';
import { memoryTable } from './memory.mjs';
import { newMember } from './people.mjs';
import { openReleases } from './test-releases.mjs';

function readSeconds() {
  const text =
    process.argv
      .find((argument) => argument.startsWith('--seconds='))
      ?.split('=')
      .at(1) ?? '60';
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UserError(`--seconds is "${text}"; it must be a number from 1 to 9999.`);
}

async function withInstallation(releases, work) {
  const installation = await openInstallation({ name: 'bench', release: 'one', images: releases.images });
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}

await runScript(async () => {
  const seconds = readSeconds();
  const step = stepPrinter();
  const releases = await step('images', () => openReleases('bench'));
  try {
    await step('two releases', async () => {
      for (const release of ['one', 'two']) await releases.make(release);
    });
    const { rates, load, memory, deploy } = await withInstallation(releases, async (installation) =>
      measureStack({ installation, member: await newMember(installation), release: 'two', seconds }),
    );
    console.log(`\n${describeLoad(load)}\n\n${memoryTable(memory)}\n`);
    if (deploy.code !== 0) throw new UserError(`The deploy in the middle ended with ${deploy.code}.\n${deploy.output}`);
    const failed = load.failures.length;
    const perSecond = Object.values(rates).reduce((sum, rate) => sum + rate, 0);
    const summary = `${Math.round(perSecond)} arrivals a second, ${Math.round(load.seconds)} s of load with one deploy of ${Math.round(deploy.seconds)} s in it: ${failed} failed requests, ${memory.kills.length} kills for lack of memory.`;
    const section = [memoryTable(memory), streamTable(load), `${summary} ${describeMachine()}`].join('\n\n');
    if (!process.argv.includes('--no-write')) writeSection('stack', section);
    process.exitCode = failed === 0 && memory.kills.length === 0 ? 0 : 1;
  } finally {
    await releases.remove();
  }
});
