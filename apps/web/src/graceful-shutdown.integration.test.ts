import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';

const preload = new URL('graceful-shutdown.mjs', import.meta.url).href;
/** As Next does it: one server, no signal handlers of its own; it tells its port and whether it drains. */
const program = `
  import http from 'node:http';
  const state = globalThis[Symbol.for('web.shutdown')];
  state.drainDelayMs = 400;
  state.unusedAfterMs = 300;
  const server = http.createServer((request, response) => {
    if (request.url === '/slow') return setTimeout(() => response.end('slow'), 700);
    if (request.url === '/slower') return setTimeout(() => response.end('slower'), 2000);
    response.writeHead(state.draining ? 503 : 200).end();
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

async function start(): Promise<{ origin: string; process: ChildProcess }> {
  child = spawn(process.execPath, ['--import', preload, '--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = (await once(child.stdout!, 'data')) as [Buffer];
  return { origin: `http://127.0.0.1:${output.toString().trim()}`, process: child };
}

it('a stopped server says so, serves on, finishes what runs and exits with 0', async () => {
  const server = await start();
  expect((await fetch(server.origin)).status).toBe(200);
  const slow = fetch(`${server.origin}/slow`);
  const exited = once(server.process, 'exit');
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  server.process.kill('SIGTERM');
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  const whileDraining = await fetch(server.origin);
  expect(whileDraining.status).toBe(503);
  expect(whileDraining.headers.get('connection')).toBe('close');
  expect(await (await slow).text()).toBe('slow');
  expect(await exited).toEqual([0, null]);
});

it('a connection that never brought a request holds nothing up, and one with a request is waited for', async () => {
  const server = await start();
  const unused = connect(Number(new URL(server.origin).port), '127.0.0.1');
  await once(unused, 'connect');
  const closed = once(unused, 'close');
  const slower = fetch(`${server.origin}/slower`);
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  const exited = once(server.process, 'exit');
  const stoppedAt = performance.now();
  server.process.kill('SIGTERM');
  await closed;
  expect(performance.now() - stoppedAt).toBeLessThan(1_500);
  expect(await (await slower).text()).toBe('slower');
  expect(await exited).toEqual([0, null]);
});
