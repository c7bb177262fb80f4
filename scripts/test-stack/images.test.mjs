// What the images are made of.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { testImages } from '../stack/images.mjs';
import { root } from '../toolchain.mjs';
import { firstRelease } from './order.mjs';

const base = 'node:24-trixie-slim';
const megabyte = 1_000_000;
const inspect = (image) => JSON.parse(execFileSync('docker', ['image', 'inspect', image], { encoding: 'utf8' }))[0];
const unwanted = /\/\.env($|\.)|\.pem$|\.test\.js$|\/\.pnpm\/(vitest|typescript|turbo|pnpm|@playwright\+test)@[^/]+\/.*\.(m?js|node)$/;
const baseImage = inspect(base);

test.each([
  ['app', 120],
  ['web', 60],
])('the %s image adds at most %i MB to its base', (name, limit) => {
  const added = (inspect(`${testImages[name]}:${firstRelease}`).Size - baseImage.Size) / megabyte;
  console.log(`${name} image: ${added.toFixed(0)} MB above ${base}`);
  expect(added).toBeGreaterThan(1);
  expect(added).toBeLessThanOrEqual(limit);
});

test.each(['app', 'web'])('the %s image runs node itself as the user node, says what it is, and checks nothing by itself', (name) => {
  const { Config: config } = inspect(`${testImages[name]}:${firstRelease}`);
  expect(config.User).toBe('node');
  expect(config.Cmd[0]).toBe('node');
  expect(config.Healthcheck).toBeUndefined();
  expect(config.Labels).toMatchObject({
    'org.opencontainers.image.version': firstRelease,
    'org.opencontainers.image.revision': expect.any(String),
  });
});

test.each(['app', 'web'])('the %s image holds no secret, no tests, no compiler and no package manager of ours', (name) => {
  const list = execFileSync(
    'docker',
    ['run', '--rm', '--entrypoint', 'find', `${testImages[name]}:${firstRelease}`, '/app', '-type', 'f'],
    {
      encoding: 'utf8',
      maxBuffer: 64 * megabyte,
    },
  ).split('\n');
  expect(list.length).toBeGreaterThan(100);
  expect(list.filter((file) => unwanted.test(file))).toEqual([]);
});

test('whatever is native in the lockfile is there for arm64 as for amd64, in the same version', () => {
  const { packages } = parse(fs.readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8'));
  const forAmd64 = Object.keys(packages).filter((name) => /linux-(x64|64)/.test(name));
  expect(forAmd64.length).toBeGreaterThan(10);
  expect(forAmd64.map((name) => name.replace(/linux-(x64|64)/, 'linux-arm64')).filter((name) => !(name in packages))).toEqual([]);
});
