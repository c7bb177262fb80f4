// Runs scripts/verify-production and reads its lines; and a door in front of a product that spoils its answers, for controls.
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { root } from '../toolchain.mjs';

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: string, failed: string[], passed: string[], notAsked: string[] }>} names of checks
 */
export function verifyProduction(args, env = process.env) {
  return new Promise((resolve) => {
    execFile(path.join(root, 'scripts/verify-production'), args, { env, timeout: 180_000 }, (error, stdout, stderr) => {
      const names = (mark) => [...stdout.matchAll(new RegExp(`^${mark} +(.+?) +– `, 'gm'))].map(([, name]) => name);
      const output = `${stdout}${stderr}`;
      resolve({ code: error ? (error.code ?? 1) : 0, output, failed: names('FAIL'), passed: names('ok'), notAsked: names('--') });
    });
  });
}

/** A certificate for localhost that is its own authority, and its key. */
function makeCertificate(directory) {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(directory, name));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '90',
      '-keyout',
      key,
      '-out',
      certificate,
      ...subject,
    ],
    { stdio: 'pipe' },
  );
  return { key: fs.readFileSync(key), cert: fs.readFileSync(certificate), certificate };
}

/**
 * An HTTPS server on localhost that passes requests on to `target` and lets `spoil` change each answer's head.
 * @param {{ directory: string, target: string, ca: string, spoil: (answer: { status: number, headers: Record<string, unknown>, path: string }) => void }} options
 * @returns {Promise<{ url: string, ca: string, close(): Promise<void> }>} ca: the file to trust
 */
export async function openSpoilingDoor({ directory, target, ca, spoil }) {
  const { key, cert, certificate } = makeCertificate(directory);
  const upstream = new URL(target);
  const server = https.createServer({ key, cert, maxHeaderSize: 65_536 }, (request, response) => {
    const headers = { ...request.headers, host: upstream.host, ...(request.headers.origin === door.url && { origin: target }) };
    const options = { host: upstream.hostname, port: upstream.port, path: request.url, method: request.method, headers, ca };
    const passed = https.request(options, (answer) => {
      const changed = { status: answer.statusCode, headers: { ...answer.headers }, path: request.url };
      spoil(changed);
      const kept = Object.fromEntries(Object.entries(changed.headers).filter(([, value]) => value !== undefined));
      response.writeHead(changed.status, kept);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.on('error', () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const door = {
    url: `https://localhost:${server.address().port}`,
    ca: certificate,
    close: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()),
  };
  return door;
}
