// The JavaScript that a browser loads first, beside an empty page of the same Next build.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { freePort, waitUntil, answersOk } from '../local-stack/ports.mjs';
import { root, run } from '../toolchain.mjs';

const emptyPage = `export default function Page() {\n  return <p>Empty.</p>;\n}\n`;
const emptyLayout = `export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n`;

/** Sum of the first-load scripts of a page, gzip, kB (1,024 bytes). */
export async function firstLoadKb(url) {
  const html = await (await fetch(url)).text();
  const sources = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, source]) => source);
  if (sources.length === 0) throw new Error(`${url} loads no script; is it the page that was meant?`);
  let bytes = 0;
  for (const source of new Set(sources)) {
    const body = Buffer.from(await (await fetch(new URL(source.replaceAll('&amp;', '&'), url))).arrayBuffer());
    bytes += gzipSync(body).length;
  }
  return bytes / 1024;
}

/** Builds an application of one empty page with the same Next and React, serves it, and measures it. */
export async function emptyPageKb() {
  const folder = path.join(root, '.cache', 'empty-page');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'app'), { recursive: true });
  fs.symlinkSync(path.join(root, 'apps', 'web', 'node_modules'), path.join(folder, 'node_modules'));
  fs.writeFileSync(path.join(folder, 'app', 'page.jsx'), emptyPage);
  fs.writeFileSync(path.join(folder, 'app', 'layout.jsx'), emptyLayout);
  fs.writeFileSync(path.join(folder, 'next.config.mjs'), `export default { turbopack: { root: ${JSON.stringify(root)} } };\n`);
  const next = path.join(root, 'apps', 'web', 'node_modules', 'next', 'dist', 'bin', 'next');
  const port = await freePort();
  try {
    await run(process.execPath, [next, 'build', folder], { quiet: true });
    const server = spawn(process.execPath, [next, 'start', folder, '--port', String(port), '--hostname', '127.0.0.1'], { stdio: 'ignore' });
    try {
      if (!(await waitUntil(() => answersOk(`http://127.0.0.1:${port}/`), { timeoutMs: 30_000 })))
        throw new Error('the empty page did not start');
      return await firstLoadKb(`http://127.0.0.1:${port}/`);
    } finally {
      server.kill('SIGTERM');
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
