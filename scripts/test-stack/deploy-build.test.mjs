// scripts/deploy --build: a box that fetches no images builds them from its checkout, with the product's own Dockerfiles.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { removeImages } from '../stack/images.mjs';
import { prepareInstallation } from '../stack/installation.mjs';
import { cloneRepository } from '../stack/local-clone.mjs';
import { oneOfEach } from './deploy-stage.mjs';

const tag = randomBytes(3).toString('hex');
const images = { app: `t-build-${tag}-app`, web: `t-build-${tag}-web` };
/** The cache is the machine's as a whole, and other tests build too. */
const env = { DEPLOY_BUILD_CACHE_MB: '100000' };
const registry = process.env.NPM_CONFIG_REGISTRY;
const options = registry ? ['--build-option', `--build-arg=NPM_CONFIG_REGISTRY=${registry}`] : [];

let clone;
let installation;

const git = (...args) => execFileSync('git', ['-C', clone.folder, ...args], { encoding: 'utf8' }).trim();
const deploy = (...args) => startScript(installation, ['deploy', '--build', ...options, ...args], env, clone.folder).ended;
const serving = async () => Object.values(await whatServes(installation)).flat();

beforeAll(async () => {
  clone = cloneRepository();
  installation = await prepareInstallation({ name: 'build', images });
});
afterAll(async () => {
  await installation?.close();
  await removeImages(images);
  clone?.remove();
});

it('builds both images of the commit that is checked out, one after the other, and deploys them', async () => {
  const { code, output } = await deploy();
  expect(code, output).toBe(0);
  const release = git('rev-parse', '--short=12', 'HEAD');
  expect(await serving()).toEqual(oneOfEach(release));
  const labels = Object.values(images).map((image) =>
    execFileSync('docker', ['image', 'inspect', '--format', '{{json .Config.Labels}}', `${image}:${release}`], { encoding: 'utf8' }),
  );
  for (const text of labels) {
    expect(JSON.parse(text)).toMatchObject({
      'org.opencontainers.image.version': release,
      'org.opencontainers.image.revision': git('rev-parse', 'HEAD'),
    });
  }
});

it('an image that cannot be built ends it with the words of the build, and changes nothing', async () => {
  const before = await serving();
  fs.appendFileSync(path.join(clone.folder, 'docker/web.Dockerfile'), 'RUN echo "this page cannot be built" && exit 7\n');
  const { code, output } = await deploy('--release', 'broken');
  expect(output).toMatch(/t-build-\w+-web:broken could not be built/);
  expect(output).toContain('this page cannot be built');
  expect(output).not.toMatch(/==> (migrations|static|api|web|worker)/);
  expect(code).toBe(1);
  expect(await serving()).toEqual(before);
});
