// Makes `.next/standalone` complete: Next leaves out its static files and `public/`, and starts without our shutdown.
import fs from 'node:fs';
import path from 'node:path';

const app = path.resolve(import.meta.dirname, '..');
const target = path.join(app, '.next/standalone', path.relative(path.resolve(app, '../..'), app));

fs.cpSync(path.join(app, '.next/static'), path.join(target, '.next/static'), { recursive: true });
if (fs.existsSync(path.join(app, 'public'))) fs.cpSync(path.join(app, 'public'), path.join(target, 'public'), { recursive: true });
fs.copyFileSync(path.join(app, 'src/graceful-shutdown.mjs'), path.join(target, 'graceful-shutdown.mjs'));

const server = path.join(target, 'server.js');
const source = fs.readFileSync(server, 'utf8');
const preload = "import './graceful-shutdown.mjs';\n";
if (!source.startsWith(preload)) {
  // As a separate import in front it runs before anything of Next is evaluated.
  fs.writeFileSync(path.join(target, 'next-server.js'), source);
  fs.writeFileSync(server, `${preload}await import('./next-server.js');\n`);
}
