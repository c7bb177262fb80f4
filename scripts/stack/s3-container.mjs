// The S3 server of the tests in a container, on the network of an installation: containers do not reach 127.0.0.1 of the host.
import { execFileSync } from 'node:child_process';
import { root } from '../toolchain.mjs';

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** @returns {Promise<{ settings: Record<string, string>, key: string, stop(): void }>} settings: lines of production.env */
export async function startS3Container(network) {
  const mount = ['--volume', `${root}:/repository:ro`, '--workdir', '/repository'];
  const id = docker(
    'run',
    '--detach',
    '--rm',
    '--network',
    network,
    ...mount,
    'node:24-trixie-slim',
    'node',
    'scripts/stack/s3-server.mjs',
  );
  const deadline = Date.now() + 20_000;
  while (!docker('logs', id).includes('ready')) {
    if (Date.now() > deadline) throw new Error(`the S3 server did not start: ${docker('logs', id)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // By address: the server takes a name in front of the port for a bucket.
  const address = docker('inspect', '--format', `{{ (index .NetworkSettings.Networks "${network}").IPAddress }}`, id);
  return {
    settings: { BACKUP_TARGET: 's3://test-bucket/nightly', BACKUP_S3_ENDPOINT: `http://${address}:9000` },
    key: 'S3RVER',
    stop: () => void docker('rm', '--force', id),
  };
}
