// Processes that run and do nothing, as one does that hangs.
import { execFileSync } from 'node:child_process';
import { inspectContainer } from './engine.mjs';

/**
 * Stops the first process of a container without ending it, until a restart. From a container that sees all processes of
 * the engine: within its own one, a first process cannot be stopped.
 */
export async function freeze({ id }) {
  const { State, Image } = await inspectContainer(id);
  const everywhere = ['--privileged', '--pid', 'host', '--user', 'root', '--network', 'none', '--entrypoint', 'sh'];
  execFileSync('docker', ['run', '--rm', ...everywhere, Image, '-c', `kill -STOP ${State.Pid}`]);
}
