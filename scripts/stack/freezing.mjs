// Processes that run and do nothing, as one does that hangs.
import { execFileSync } from 'node:child_process';

/** Stops the first process of a container without ending it, until `thaw` or a restart. */
export const freeze = ({ id }) => signal(id, 'STOP');
export const thaw = ({ id }) => signal(id, 'CONT');

function signal(id, name) {
  execFileSync('docker', ['kill', '--signal', name, id], { stdio: 'pipe' });
}
