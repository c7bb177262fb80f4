import { randomInt } from 'node:crypto';
import net from 'node:net';

/** A port on 127.0.0.1 that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * A free port below those that the kernel gives to outgoing connections: who frees it for a restart finds it free again.
 */
export async function lastingPort() {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** Whether nothing listens on this port, on any address of this machine. */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/**
 * Waits until `probe` answers true.
 * @param {() => Promise<boolean>} probe
 * @param {{ timeoutMs: number, giveUp?: () => boolean }} options giveUp: ends the waiting at once
 * @returns {Promise<boolean>} false when time ran out or `giveUp` said so
 */
export async function waitUntil(probe, { timeoutMs, giveUp = () => false }) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !giveUp()) {
    if (await probe().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Whether a GET is answered with 2xx. */
export async function answersOk(url) {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.ok;
}
