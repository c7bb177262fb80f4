// What a deploy finds wrong before it changes anything: secrets, room, memory, composition, ports, a release that nobody built.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startScript } from '../stack/deploy-run.mjs';
import { listContainers } from '../stack/engine.mjs';
import { setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'preflight' });
const { deploy, fileOf, recorded, other, outcomeOf, isRefused } = stage;

describe('before anything is changed', () => {
  function replaceSecret(name, text) {
    const file = fileOf('secrets', name);
    const before = fs.readFileSync(file);
    onTestFinished(() => {
      fs.rmSync(file, { force: true });
      fs.writeFileSync(file, before, { mode: 0o444 });
    });
    fs.rmSync(file);
    if (text !== undefined) fs.writeFileSync(file, text, { mode: 0o444 });
  }
  /** The worker was not stopped and nothing was migrated. */
  const changedNothing = /==> (migrations|static|api|web|worker)/;

  it.each([
    ['missing', 'auth_secret', undefined, /auth_secret is missing. Make it: scripts\/create-secrets/],
    ['empty', 'internal_secret', '', /internal_secret is empty/],
    ['well-known', 'auth_secret', 'changeme-changeme-changeme-changeme', /AUTH_SECRET is a well-known or example secret/],
    ['short', 'internal_secret', 'short', /INTERNAL_SECRET must have at least 32 characters/],
    ['published', 'database_url', 'postgresql://app:changeme@postgres:5432/app', /DATABASE_URL has the password of the published example/],
  ])(
    'a secret that is %s is named',
    async (_what, name, text, says) => {
      replaceSecret(name, text);
      const outcome = await outcomeOf(deploy(other()));
      expect(outcome).toEqual(isRefused(says));
      expect(outcome.output).not.toMatch(changedNothing);
      expect(outcome.output).not.toContain('changeme');
    },
    60_000,
  );

  it.each([
    [
      'too little room on the disk',
      { DEPLOY_MIN_DISK_MB: '99999999' },
      /disk: \d+ MB are free at .*, 99999999 MB are needed.*docker builder prune/,
    ],
    ['too little memory', { DEPLOY_MIN_MEMORY_MB: '99999999' }, /memory: \d+ MB are free with swap, 99999999 MB are needed/],
    ['a composition that is not valid', { HTTP_PORT: 'eighty' }, /composition is not valid/],
    ['a Caddyfile that is not valid', { APP_DOMAIN: 'localhost {' }, /Caddyfile is not valid/],
  ])(
    '%s is refused',
    async (_what, env, says) => {
      const outcome = await outcomeOf(deploy(other(), env));
      expect(outcome).toEqual(isRefused(says));
      expect(outcome.output).not.toMatch(changedNothing);
    },
    60_000,
  );

  it('a release that nobody built is refused', async () => {
    const outcome = await outcomeOf(deploy('never-built'));
    expect(outcome).toEqual(isRefused(/never-built could not be fetched/));
    expect(outcome.output).not.toMatch(changedNothing);
  }, 120_000);

  it('a registry that does not answer is given up', async () => {
    const silent = net.createServer();
    await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const env = { APP_IMAGE: `127.0.0.1:${silent.address().port}/app`, DEPLOY_PULL_TIMEOUT: '5' };
    const outcome = await outcomeOf(deploy('far-away', env));
    expect(outcome).toEqual(isRefused(/app:far-away was not here after 5 s \(DEPLOY_PULL_TIMEOUT\)/));
    expect(outcome.output).not.toMatch(changedNothing);
  }, 60_000);

  it('--dry-run prints the plan and changes nothing', async () => {
    const before = await listContainers({ project: stage.installation.project, all: true });
    const { code, output } = await startScript(stage.installation, ['deploy', '--release', other(), '--dry-run']).ended;
    expect(code, output).toBe(0);
    expect(output).toContain(`${recorded()} -> ${other()}`);
    expect(output).toMatch(/switch +api: api-[ab] starts with .* then api-[ab] .* drains and stops/);
    expect(await listContainers({ project: stage.installation.project, all: true })).toEqual(before);
  }, 60_000);
});

describe('on a new box', () => {
  /** A second installation beside the first, to which nothing has been deployed. */
  function newBox(settings, directory = fs.mkdtempSync(fileOf('box-'))) {
    const project = `${stage.installation.project}-box`;
    const text = fs.readFileSync(fileOf('production.env'), 'utf8');
    fs.writeFileSync(path.join(directory, 'production.env'), `${text}\nPROJECT=${project}\n${settings.join('\n')}\n`);
    fs.cpSync(fileOf('secrets'), path.join(directory, 'secrets'), { recursive: true });
    return { project, directory, env: { ...stage.installation.env, INSTALLATION: directory } };
  }
  const deployTo = (box) => startScript(box, ['deploy', '--release', 'one']).ended;

  it('a port that another program has is named, and nothing is started', async () => {
    const holder = net.createServer();
    await new Promise((resolve) => holder.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void holder.close());
    const { port } = holder.address();
    const box = newBox([`HTTPS_PORT=${port}`]);
    const { code, output } = await deployTo(box);
    expect(output).toMatch(new RegExp(`port ${port} of 127.0.0.1 is taken by another program`));
    expect(code).toBe(1);
    expect(await listContainers({ project: box.project, all: true })).toEqual([]);
  }, 60_000);

  it('a port that another container has is named with it', async () => {
    const { code, output } = await deployTo(newBox([]));
    expect(output).toContain(`is taken by the container ${stage.installation.project}-caddy-1`);
    expect(code).toBe(1);
  }, 60_000);

  it.runIf(process.getuid() === 0)(
    'a file system that is really full is named',
    async () => {
      const directory = fs.mkdtempSync(fileOf('small-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', directory]);
      onTestFinished(() => void execFileSync('umount', [directory]));
      const { code, output } = await deployTo(newBox([], directory));
      expect(output).toMatch(new RegExp(`disk: 1\\d MB are free at ${directory}, 3072 MB are needed`));
      expect(code).toBe(1);
    },
    60_000,
  );
});
