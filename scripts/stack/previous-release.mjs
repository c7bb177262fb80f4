// The release before this one, built from its own commit, to be run beside the code of today.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root, run } from '../toolchain.mjs';

const migrations = 'packages/database/prisma/migrations';
const releases = path.join(root, '.cache', 'releases');

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function commitOf(name) {
  try {
    return git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  } catch {
    return null;
  }
}

/**
 * The newest tag `v*` before this commit. Where nothing was released yet: the last commit that did not know the newest
 * migration. Null when the history here does not reach that far.
 * @returns {{ name: string, commit: string } | null}
 */
export function findPreviousRelease() {
  const parent = commitOf('HEAD^');
  if (!parent) return null;
  const [tag] = git('tag', '--list', 'v*', '--sort=-version:refname', '--merged', parent).split('\n');
  if (tag) return { name: tag, commit: commitOf(tag) };
  const newest = git('log', '-1', '--format=%H', '--', migrations);
  const before = commitOf(`${newest}^`);
  if (before) return { name: `${before.slice(0, 9)}, before the newest migration`, commit: before };
  return historyIsShallow() ? null : { name: `${parent.slice(0, 9)}, the commit before`, commit: parent };
}

/** Whether the history was cut off, as CI systems do unless told otherwise. */
export function historyIsShallow() {
  return git('rev-parse', '--is-shallow-repository') === 'true';
}

/**
 * API and worker of a commit, built in a worktree that is kept for the next time.
 * @returns {Promise<string>} its folder
 * @throws {UserError} with the output of the step that failed
 */
export async function buildRelease({ commit }) {
  const folder = path.join(releases, commit);
  const done = path.join(folder, '.built');
  if (fs.existsSync(done)) return folder;
  removeWorktree(folder);
  await run('git', ['worktree', 'add', '--force', '--detach', folder, commit], { quiet: true });
  const filters = ['--filter=@repo/api...', '--filter=@repo/worker...'];
  // Not its scripts: they would set up the hooks of this repository anew.
  const install = ['install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts', ...filters];
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath };
  await run('pnpm', install, { cwd: folder, env, quiet: true });
  await run('pnpm', ['exec', 'turbo', 'run', 'build', ...filters], { cwd: folder, env, quiet: true });
  fs.writeFileSync(done, `${new Date().toISOString()}\n`);
  removeOthers(commit);
  return folder;
}

function removeWorktree(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  git('worktree', 'prune');
}

/** One release is kept: an older one is not asked for again. */
function removeOthers(commit) {
  for (const name of fs.readdirSync(releases)) if (name !== commit) removeWorktree(path.join(releases, name));
}
