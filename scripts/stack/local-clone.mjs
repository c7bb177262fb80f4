// A fresh clone of what is committed here, run with docker compose as somebody does who has just cloned it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lastingPort } from '../local-stack/ports.mjs';
import { root, run } from '../toolchain.mjs';

/** @returns {{ folder: string, remove(): void }} */
export function cloneRepository() {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'clone-'));
  const folder = path.join(parent, 'product');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${root}`, folder]);
  return { folder, remove: () => fs.rmSync(parent, { recursive: true, force: true }) };
}

/**
 * A clone with a project name and ports of its own; nothing is started yet.
 * @param {{ name: string, files?: string[] }} options name: part of the project's name; files: compose files, without them the default
 * @returns {Promise<{ folder: string, env: NodeJS.ProcessEnv, url: string, mailUrl: string, composeArguments(...args: string[]): string[],
 *   compose(...args: string[]): Promise<string>, remove(): Promise<void> }>}
 */
export async function openLocalClone({ name, files = [] }) {
  const clone = cloneRepository();
  const [port, mailPort] = [await lastingPort(), await lastingPort()];
  const env = { ...process.env, COMPOSE_PROJECT_NAME: `t-${name}-${process.pid}`, PORT: String(port), MAIL_PORT: String(mailPort) };
  const composeArguments = (...args) => ['compose', ...files.flatMap((file) => ['--file', file]), ...args];
  const compose = (...args) => run('docker', composeArguments(...args), { cwd: clone.folder, env, quiet: true });
  return {
    folder: clone.folder,
    env,
    url: `http://localhost:${port}`,
    mailUrl: `http://localhost:${mailPort}`,
    composeArguments,
    compose,
    async remove() {
      await compose('--profile', '*', 'down', '--volumes', '--rmi', 'local', '--timeout', '5');
      clone.remove();
    },
  };
}
