// The two images of a release, built here for tests and measurements.
import { spawn } from 'node:child_process';
import { root, run } from '../toolchain.mjs';

/** Repositories of the test images; no registry has them. */
export const testImages = { app: 't-app', web: 't-web' };

/** Builds both images of the code as it stands, with a version of its own. */
export async function buildRelease(release) {
  for (const [name, repository] of Object.entries(testImages)) {
    const args = ['build', '--quiet', '--file', `docker/${name}.Dockerfile`, '--build-arg', `APP_VERSION=${release}`];
    for (const variable of ['NPM_CONFIG_REGISTRY']) if (process.env[variable]) args.push('--build-arg', variable);
    await run('docker', [...args, '--tag', `${repository}:${release}`, '.'], { cwd: root, quiet: true });
  }
}

/** The release that the suite was given, or one that is built now. */
export async function givenRelease() {
  if (process.env.STACK_RELEASE) return process.env.STACK_RELEASE;
  await buildRelease('stack');
  return 'stack';
}

/**
 * Another release of the same code: the images of `from` with lines of a Dockerfile added to each. Takes a second.
 * @param {{ from: string, release: string, app?: string[], web?: string[], images?: typeof testImages }} change lines such
 *   as `CMD ["false"]`; images: the repositories of the new release
 */
export async function deriveRelease({ from, release, app = [], web = [], images = testImages }) {
  for (const [name, lines] of Object.entries({ app, web })) {
    const dockerfile = [`FROM ${testImages[name]}:${from}`, `ENV APP_VERSION=${release}`, ...lines].join('\n');
    await buildFrom(dockerfile, `${images[name]}:${release}`);
  }
}

/** Removes every tag of these repositories. */
export async function removeImages(images) {
  for (const repository of Object.values(images)) {
    const tags = (await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', repository], { quiet: true })).split('\n');
    await run('docker', ['rmi', '--force', ...tags.filter(Boolean)], { quiet: true }).catch(() => {});
  }
}

function buildFrom(dockerfile, tag) {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', ['build', '--quiet', '--tag', tag, '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk) => (words += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`docker build of ${tag} ended with ${code}: ${words}`))));
    child.stdin.end(dockerfile);
  });
}
