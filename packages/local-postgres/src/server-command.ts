import { join } from 'node:path';
import type { ClusterPlace } from './place-cluster.js';
import type { RunAs } from './run-as.js';

/** What to hand to `spawn`. SIGINT stops the server quickly and cleanly. */
export interface ServerCommand extends RunAs {
  command: string;
  args: string[];
  cwd: string;
}

/** The command of the cluster's server, listening on 127.0.0.1 only. `settings` are those of postgresql.conf. */
export function serverCommand(
  place: ClusterPlace,
  { port, settings = {} }: { port: number; settings?: Record<string, string> },
): ServerCommand {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', jit: 'off', ...settings, port: String(port) };
  return {
    command: join(place.native, 'bin', 'postgres'),
    args: ['-D', place.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: place.cluster,
    ...place.user,
  };
}
