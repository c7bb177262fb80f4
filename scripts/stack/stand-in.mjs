// Releases of a stand-in for the product (scripts/test-stack/stand-in): built in a second, up in one, each with a fault of
// its own if need be.
import { randomBytes } from 'node:crypto';
import { root, run } from '../toolchain.mjs';
import { removeImages } from './images.mjs';

/**
 * @param {string} name part of the repositories' names
 * @returns {Promise<{ images: { app: string, web: string }, make(release: string, fault?: string): Promise<string>, remove(): Promise<void> }>}
 *   `make` builds both images of a release; the faults are listed in stand-in/app.mjs
 */
export async function openStandIns(name) {
  const tag = randomBytes(3).toString('hex');
  const images = { app: `t-${name}-${tag}-app`, web: `t-${name}-${tag}-web` };
  return {
    images,
    async make(release, fault = '') {
      const values = [`APP_VERSION=${release}`, `FAULT=${fault}`].flatMap((value) => ['--build-arg', value]);
      const tags = Object.values(images).flatMap((repository) => ['--tag', `${repository}:${release}`]);
      const dockerfile = ['--file', 'scripts/test-stack/stand-in/Dockerfile'];
      await run('docker', ['build', '--quiet', ...dockerfile, ...values, ...tags, '.'], { cwd: root, quiet: true });
      return release;
    },
    remove: () => removeImages(images),
  };
}
