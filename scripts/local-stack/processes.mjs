// Child processes of the local stack: started in groups of their own, logged to files, restarted when they
// crash, stopped in reverse order, and found again after the supervisor itself was killed.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const maxRestarts = 5;
/** EX_CONFIG of sysexits.h: another start would meet the same environment. */
const misconfigured = 78;
const restartWindowMs = 60_000;

/**
 * @typedef {object} ProcessSpec
 * @property {string} name shown to the user, names the log file
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {string} [stdin] text to write to its standard input
 * @property {number} [uid] user to run as
 * @property {number} [gid]
 * @property {NodeJS.Signals} [stopSignal]
 * @property {number} [stopGraceMs] how long it may take to stop before it is killed
 * @property {boolean} [exitWithParent] it is one of ours and ends when the supervisor is gone
 */

export class Processes {
  #running = [];
  #stopping = false;

  /** @param {{ directory: string, say: (line: string) => void }} options directory: for logs and the list of pids */
  constructor({ directory, say }) {
    this.directory = directory;
    this.say = say;
    this.logs = path.join(directory, 'logs');
    fs.mkdirSync(this.logs, { recursive: true });
  }

  /** Starts a process and keeps it running until `stopAll`. @param {ProcessSpec} spec */
  start(spec) {
    const entry = { spec, child: null, crashes: [], isDown: false };
    this.#running.push(entry);
    this.#spawn(entry);
    return entry;
  }

  #spawn(entry) {
    const { spec } = entry;
    const log = fs.openSync(path.join(this.logs, `${spec.name}.log`), 'a');
    const stdio = [spec.stdin === undefined ? 'ignore' : 'pipe', log, log, ...(spec.exitWithParent ? ['ipc'] : [])];
    const child = spawn(spec.command, spec.args, { cwd: spec.cwd, env: spec.env, uid: spec.uid, gid: spec.gid, stdio, detached: true });
    fs.closeSync(log);
    if (spec.stdin !== undefined) child.stdin.end(spec.stdin);
    child.channel?.unref();
    entry.child = child;
    child.once('error', (error) => this.say(`${spec.name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => this.#exited(entry, code, signal));
    this.#recordPids();
  }

  #exited(entry, code, signal) {
    entry.child = null;
    if (this.#stopping) return;
    const { name } = entry.spec;
    const now = Date.now();
    entry.crashes = [...entry.crashes.filter((time) => now - time < restartWindowMs), now];
    const how = signal ? `was ended by ${signal}` : `ended with status ${code}`;
    const where = path.relative(process.cwd(), path.join(this.logs, `${name}.log`));
    if (code === misconfigured || entry.crashes.length > maxRestarts) {
      entry.isDown = true;
      this.say(`${name} ${how}. It stays down; see ${where}.`);
      return;
    }
    this.say(`${name} ${how}; starting it again. See ${where}.`);
    setTimeout(() => !this.#stopping && this.#spawn(entry), 250 * 2 ** (entry.crashes.length - 1));
  }

  /** Whether a process has given up for good. */
  isDown(entry) {
    return entry.isDown;
  }

  /** The end of a process's log, for a failure message. */
  logTail(name, lines = 15) {
    const file = path.join(this.logs, `${name}.log`);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
  }

  /** Stops everything, last started first. Never rejects; a process that will not end is killed. */
  async stopAll() {
    this.#stopping = true;
    for (const { child, spec } of this.#running.toReversed()) {
      if (!child || child.exitCode !== null || child.signalCode !== null) continue;
      const exited = new Promise((resolve) => child.once('exit', resolve));
      signalPid(child.pid, spec.stopSignal ?? 'SIGTERM');
      const timer = setTimeout(() => signalPid(child.pid, 'SIGKILL'), spec.stopGraceMs ?? 10_000);
      await exited;
      clearTimeout(timer);
    }
    fs.rmSync(this.#pidFile, { force: true });
  }

  get #pidFile() {
    return path.join(this.directory, 'processes.json');
  }

  #recordPids() {
    const pids = this.#running
      .filter(({ child }) => child?.pid)
      .map(({ child, spec }) => ({ pid: child.pid, name: spec.name, identity: identityOf(child.pid) }));
    fs.writeFileSync(this.#pidFile, JSON.stringify(pids));
  }

  /** Ends what an earlier supervisor, killed without warning, left behind. A pid that now is another process is left alone. */
  async endLeftovers() {
    if (!fs.existsSync(this.#pidFile)) return;
    const left = JSON.parse(fs.readFileSync(this.#pidFile, 'utf8')).filter(
      ({ pid, identity }) => identity !== null && identityOf(pid) === identity,
    );
    for (const { pid, name } of left.toReversed()) signalPid(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    const deadline = Date.now() + 10_000;
    for (const { pid, identity } of left) {
      while (identityOf(pid) === identity && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
      if (identityOf(pid) === identity) signalPid(pid, 'SIGKILL');
    }
    if (left.length > 0)
      this.say(`Ended ${left.length} processes that an interrupted start had left: ${left.map(({ name }) => name).join(', ')}.`);
    fs.rmSync(this.#pidFile, { force: true });
  }
}

/** When a process began: with the pid, this names one process for ever. Null when it is gone. */
export function identityOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : fields[19];
    } catch {
      return null;
    }
  }
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() || null : null;
}

function signalPid(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}
