// What a container uses now and used at most, from its control group: version 1, version 2, or, where the groups are
// out of reach (an engine in a virtual machine), the engine's own figures, which know the peak under version 1 only.
import fs from 'node:fs';
import path from 'node:path';
import { readStats } from './engine.mjs';

const root = '/sys/fs/cgroup';
const numberIn = (file) => {
  const text = fs.readFileSync(file, 'utf8').trim();
  return text === 'max' ? Number.POSITIVE_INFINITY : Number(text);
};
const statsIn = (file) =>
  Object.fromEntries(
    fs
      .readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name, value]) => [name, Number(value)]),
  );

/** The control groups of a process, as /proc tells them; empty where the engine's processes are not this machine's. */
function groupsOf(pid) {
  const file = `/proc/${pid}/cgroup`;
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
}

/** Whether this machine's process of that number is the container's, and not one that happens to bear its number. */
export const isProcessOfContainer = ({ id, pid }) => groupsOf(pid).some((line) => line.includes(id));

/** The folder of the container's memory group, or null when it cannot be read from here. */
function findGroup({ id, pid }) {
  if (!isProcessOfContainer({ id, pid })) return null;
  const groups = groupsOf(pid).map((line) => line.split(':'));
  const version1 = groups.find(([, controllers]) => controllers.split(',').includes('memory'));
  const [, , inside] = version1 ?? groups.find(([, controllers]) => controllers === '');
  // A process that is just being started may still be in the group of all.
  if (!inside.includes(id)) return null;
  const folder = path.join(root, version1 ? 'memory' : '', inside);
  if (!fs.existsSync(path.join(folder, version1 ? 'memory.usage_in_bytes' : 'memory.current'))) return null;
  return { folder, version: version1 ? 1 : 2 };
}

function readVersion1(folder) {
  const at = (name) => path.join(folder, name);
  const stats = statsIn(at('memory.stat'));
  return {
    usage: numberIn(at('memory.usage_in_bytes')),
    peak: numberIn(at('memory.max_usage_in_bytes')),
    inactiveFile: stats.total_inactive_file,
    anonymous: stats.total_rss,
    swap: stats.total_swap ?? 0,
    oomKills: statsIn(at('memory.oom_control')).oom_kill ?? 0,
    limitHits: numberIn(at('memory.failcnt')),
  };
}

function readVersion2(folder) {
  const at = (name) => path.join(folder, name);
  const stats = statsIn(at('memory.stat'));
  const events = statsIn(at('memory.events'));
  return {
    usage: numberIn(at('memory.current')),
    peak: fs.existsSync(at('memory.peak')) ? numberIn(at('memory.peak')) : null,
    inactiveFile: stats.inactive_file,
    anonymous: stats.anon,
    swap: fs.existsSync(at('memory.swap.current')) ? numberIn(at('memory.swap.current')) : 0,
    oomKills: events.oom_kill,
    limitHits: events.max,
  };
}

async function readFromEngine(id) {
  const { memory_stats: memory } = await readStats(id);
  const stats = memory.stats ?? {};
  return {
    usage: memory.usage,
    peak: memory.max_usage ?? null,
    inactiveFile: stats.total_inactive_file ?? stats.inactive_file ?? 0,
    anonymous: stats.total_rss ?? stats.anon ?? 0,
    swap: stats.total_swap ?? 0,
    oomKills: 0,
    limitHits: memory.failcnt ?? 0,
  };
}

/**
 * @param {{ id: string, pid: number }} container
 * @returns {Promise<{ usage: number, workingSet: number, anonymous: number, peak: number | null, swap: number, oomKills: number,
 *   limitHits: number, source: string }>} bytes. `peak` is the kernel's and counts the page cache, which may fill a
 *   limit without harm; `workingSet` leaves out what the kernel can drop at once. limitHits: how often memory had to be
 *   reclaimed to stay below the limit.
 */
export async function readMemory({ id, pid }) {
  const group = findGroup({ id, pid });
  const readers = { 1: readVersion1, 2: readVersion2 };
  const read = group ? readers[group.version](group.folder) : await readFromEngine(id);
  const source = group ? `control group version ${group.version}` : 'the engine';
  return { ...read, workingSet: read.usage - (read.inactiveFile || 0), source };
}
