// The pinned toolchain, from nothing but Node >= 20 and npm: pnpm, and Node 24 where the machine's own is older.
// Runs on the machine's own Node, so it uses only what Node 20 has, and no dependency.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const tools = path.join(root, 'tools');
const wantedNodeMajor = 24;

/** A fault that the reader can mend: printed as one paragraph, without a stack. */
export class UserError extends Error {}

/**
 * Runs a command and waits for it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean }} [options] quiet: output is shown only on failure
 * @throws {UserError} with the last output when the command fails
 */
export function run(command, args, options = {}) {
  const { env = process.env, cwd = root, quiet = false } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => reject(new UserError(`${command} could not be started: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) return resolve(output);
      const tail = output.split('\n').slice(-60).join('\n');
      reject(new UserError(`\`${[path.basename(command), ...args].join(' ')}\` ended with ${code}.\n${tail}`));
    });
  });
}

function fingerprint(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(fs.readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function stampMatches(stamp, value) {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === value;
}

// The Node in tools/ is not the machine's own: taking it for that would make `npm ci` leave it out, and so delete it.
const runsOnPackagedNode = fs.existsSync(tools) && process.execPath.startsWith(fs.realpathSync(tools) + path.sep);
const machineHasNode = !runsOnPackagedNode && Number(process.versions.node.split('.')[0]) >= wantedNodeMajor;

function nodePath() {
  if (machineHasNode) return process.execPath;
  const binary = path.join(tools, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (fs.existsSync(binary)) return binary;
  throw new UserError(
    `Node ${wantedNodeMajor} is needed, and there is no packaged one for ${process.platform}-${process.arch}. ` +
      `Install Node ${wantedNodeMajor} (this is ${process.version}) and start again.`,
  );
}

/** The environment in which `node` is Node 24 and `pnpm` the pinned one. */
function toolchainEnv() {
  const bin = [path.dirname(nodePath()), path.join(tools, 'node_modules', '.bin'), path.join(root, 'node_modules', '.bin')];
  return {
    ...process.env,
    PATH: [...bin, process.env.PATH].join(path.delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    // Any existing file keeps Prisma's generator from downloading an engine that it does not need.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? nodePath(),
  };
}

async function ensureTools() {
  const stamp = path.join(tools, 'node_modules', '.stamp');
  const wanted = fingerprint('tools/package-lock.json');
  if (stampMatches(stamp, wanted)) return false;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--prefix', tools, '--no-audit', '--no-fund', '--loglevel=error'];
  if (machineHasNode) args.push('--omit=optional');
  await run(npm, args, { quiet: true });
  fs.writeFileSync(stamp, wanted);
  return true;
}

async function ensureDependencies(env) {
  const stamp = path.join(root, 'node_modules', '.stamp');
  const wanted = fingerprint('pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.mjs');
  if (stampMatches(stamp, wanted)) return false;
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], { env, quiet: true });
  fs.writeFileSync(stamp, wanted);
  return true;
}

/**
 * Fetches what is missing and tells each step.
 * @param {(title: string, work: () => Promise<unknown>) => Promise<void>} step reports one step with its time
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node to run with, and its environment
 */
export async function ensureToolchain(step) {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new UserError(`Node 20 or newer is needed; this is ${process.version}.`);
  await step('toolchain (Node 24, pnpm)', ensureTools);
  const env = toolchainEnv();
  await step('dependencies', () => ensureDependencies(env));
  return { node: nodePath(), env };
}

/** Builds everything, or only what changed. */
export async function build(step, env, filters = []) {
  await step('build', () =>
    run('turbo', ['run', 'build', '--output-logs=errors-only', ...filters.map((f) => `--filter=${f}`)], { env, quiet: true }),
  );
}

/** Prints one line a step: its title and its seconds. */
export function stepPrinter(print = console.log) {
  return async (title, work) => {
    const started = performance.now();
    const done = await work();
    const seconds = (performance.now() - started) / 1000;
    if (done !== false) print(`  ${title.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s`);
    return done;
  };
}

/** Runs the main function of a script; a UserError becomes one readable paragraph and exit status 1. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
}

/**
 * Runs a script of this repository with Node 24 in the toolchain's environment, and hands it every signal.
 * @returns {Promise<number>} its exit status
 */
export function runOnNode24({ node, env }, script, args = []) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [path.join(root, 'scripts', script), ...args], { cwd: root, env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
