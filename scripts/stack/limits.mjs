// The limits of every container, read from where they stand: docker/services.yaml, docker/compose.backup.yaml.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../toolchain.mjs';

/** What a box of 2 GB leaves for containers, in MiB. */
export const budgetMiB = 1800;

/** What runs in production all the time, PostgreSQL elsewhere. */
const steadyServices = ['api', 'web', 'worker', 'redis-cache', 'redis-queue', 'caddy'];

const mebibytes = (text) => Number(/^(\d+)m$/.exec(text)[1]);
const heapOf = (environment) => Number(/--max-old-space-size=(\d+)/.exec(environment?.NODE_OPTIONS ?? '')?.[1] ?? 0) || null;

/**
 * @param {string} [file] of docker/
 * @returns {Record<string, { limitMiB: number, swapMiB: number, heapMiB: number | null, pids: number, oneShot: boolean }>}
 *   swapMiB: memory and swap together
 */
export function readLimits(file = 'services.yaml') {
  const { services } = parse(fs.readFileSync(path.join(root, 'docker', file), 'utf8'), { merge: true });
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      {
        limitMiB: mebibytes(service.mem_limit),
        swapMiB: mebibytes(service.memswap_limit),
        heapMiB: heapOf(service.environment),
        pids: service.pids_limit,
        oneShot: service.restart === 'no',
      },
    ]),
  );
}

const backupFile = 'compose.backup.yaml';

/** The sums of limits, in MiB: steadily, beside a backup, and at the widest moments of a deploy, when the worker is stopped. */
export function sumLimits(limits = readLimits(), { backup } = readLimits(backupFile)) {
  const steady = steadyServices.reduce((sum, name) => sum + limits[name].limitMiB, 0);
  const withoutWorker = steady - limits.worker.limitMiB;
  return {
    steady,
    'while a backup is taken': steady + backup.limitMiB,
    'while the schema is migrated': withoutWorker + limits.migrate.limitMiB,
    'while the API rolls': withoutWorker + limits.api.limitMiB,
    'while the web rolls': withoutWorker + limits.web.limitMiB,
  };
}

const aims = {
  api: 'HTTP and live connections',
  web: 'pages',
  worker: 'jobs; a file is read in a thread with a heap of its own (`EXTRACTION_MEMORY_MB`)',
  'redis-cache': '`maxmemory` 128 MB, the least used goes',
  'redis-queue': '`maxmemory` 64 MB, nothing goes; an append-only file',
  caddy: '`GOMEMLIMIT` 52 MiB',
  migrate: 'once a release, while the worker is stopped',
  assets: 'once a release, while the worker is stopped',
  volumes: 'once a release, while the worker is stopped',
  postgres: 'only with the overlay, on a box of 4 GB',
  backup: 'nightly, never during a deploy',
  restore: 'while API, web and worker are stopped',
};

/** The text of docs/limits.md. */
export function renderLimits() {
  const limits = readLimits();
  const backup = readLimits(backupFile);
  const rows = Object.entries({ ...limits, ...backup }).map(
    ([name, { limitMiB, heapMiB, swapMiB, pids }]) =>
      `| ${name} | ${heapMiB ?? '–'} | ${limitMiB} | ${swapMiB} | ${pids} | ${aims[name] ?? ''} |`,
  );
  const sums = Object.entries(sumLimits(limits)).map(([when, sum]) => `| ${when} | ${sum} | ${budgetMiB} |`);
  return `# Limits

Generated from \`docker/services.yaml\` and \`docker/compose.backup.yaml\` by \`pnpm generate\`; do not edit.
\`scripts/test-stack/containers.test.mjs\` compares it with the containers that run,
\`scripts/test-stack/zero-downtime.test.mjs\` measures them under load and through a deploy.

| container | V8 heap, MiB | memory, MiB | memory and swap, MiB | processes | |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

| sum of the limits | MiB | at most |
| --- | --- | --- |
${sums.join('\n')}

The worker is stopped while API and web roll, and yields its memory: jobs wait in the outbox and the queue meanwhile.
`;
}
