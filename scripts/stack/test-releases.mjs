// The releases of one test: images of their own, derived from those of the code as it stands.
import { randomBytes } from 'node:crypto';
import { deriveRelease, givenRelease, removeImages } from './images.mjs';
import { movedBuild } from './moved-build.mjs';

/**
 * @param {string} name part of the repositories' names
 * @returns {Promise<{ images: { app: string, web: string }, make(release: string, change?: object): Promise<string>, remove(): Promise<void> }>}
 *   `make` derives a release whose static files have other names than those of any other, or, with `change.moved` false, the
 *   same files to the byte, with what was compressed ahead; `change.app` and `change.web` are more lines for its Dockerfiles
 */
export async function openReleases(name) {
  const from = await givenRelease();
  const tag = randomBytes(3).toString('hex');
  const images = { app: `t-${name}-${tag}-app`, web: `t-${name}-${tag}-web` };
  return {
    images,
    async make(release, { app = [], web = [], moved = true } = {}) {
      await deriveRelease({ from, release, app, web: [...(moved ? movedBuild(release) : []), ...web], images });
      return release;
    },
    remove: () => removeImages(images),
  };
}
