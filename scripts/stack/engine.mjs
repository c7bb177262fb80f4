// The Docker engine's own API over its socket: cheap enough to be asked several times a second.
import http from 'node:http';

const socketPath = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');

function open(path, { method = 'GET' } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath, path: `/v1.43${path}`, method }, resolve);
    request.once('error', (error) => reject(new Error(`the Docker engine at ${socketPath} does not answer: ${error.message}`)));
    request.end();
  });
}

/** @throws {Error} with the engine's words when the answer is not 2xx or 304 */
async function ask(path, options) {
  const response = await open(path, options);
  const chunks = await response.toArray();
  const text = Buffer.concat(chunks).toString('utf8');
  if (response.statusCode >= 300 && response.statusCode !== 304)
    throw new Error(`the Docker engine answered ${path} with ${response.statusCode}: ${text.trim()}`);
  return text === '' ? undefined : JSON.parse(text);
}

const filters = (labels, more = {}) => encodeURIComponent(JSON.stringify({ label: labels, ...more }));
const labelsOf = (project, service) => [
  `com.docker.compose.project=${project}`,
  ...(service ? [`com.docker.compose.service=${service}`] : []),
];

/**
 * The containers of a compose project, or of one of its services; running ones only, unless `all`.
 * @returns {Promise<{ id: string, service: string, state: string }[]>}
 */
export async function listContainers({ project, service, all = false }) {
  const found = await ask(`/containers/json?all=${all}&filters=${filters(labelsOf(project, service))}`);
  return found.map(({ Id: id, State: state, Labels: labels }) => ({ id, state, service: labels['com.docker.compose.service'] }));
}

export const inspectContainer = (id) => ask(`/containers/${id}/json`);
export const readStats = (id) => ask(`/containers/${id}/stats?stream=false&one-shot=true`);
export const killContainer = (id) => ask(`/containers/${id}/kill?signal=KILL`, { method: 'POST' });
export const startContainer = (id) => ask(`/containers/${id}/start`, { method: 'POST' });

/**
 * Tells of each container of the project that starts, ends or runs out of memory, as it happens.
 * @param {(event: { action: 'start' | 'die' | 'oom', id: string, service: string, image: string, exitCode: number | null, time: Date }) => void} tell
 * @returns {Promise<() => void>} ends it
 */
export async function followEvents(project, tell) {
  const wanted = filters(labelsOf(project), { type: ['container'], event: ['start', 'die', 'oom'] });
  const response = await open(`/events?filters=${wanted}`);
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines.filter(Boolean)) tell(readEvent(JSON.parse(line)));
  });
  response.on('error', () => {});
  return () => response.destroy();
}

function readEvent({ Action: action, Actor: { ID: id, Attributes: attributes }, timeNano }) {
  const exitCode = attributes.exitCode === undefined ? null : Number(attributes.exitCode);
  return {
    action,
    id,
    service: attributes['com.docker.compose.service'],
    image: attributes.image,
    exitCode,
    time: new Date(timeNano / 1e6),
  };
}
