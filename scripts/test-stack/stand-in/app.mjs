// API, web, worker and migrator of the stand-in, told apart by the file that was started. FAULT names what is wrong with
// this release: api-exits, api-unhealthy, web-unhealthy, worker-exits, migration-fails, migration-slow, page-broken, script-missing.
import http from 'node:http';
import path from 'node:path';

const { appFragments, loadEnv } = await import(path.resolve('packages/config/dist/index.js'));
const { APP_VERSION: version, FAULT: fault } = process.env;
const role = path.relative('/app', process.argv[1]).split('/')[1];
const drainMs = 3_500; // until the proxy has seen two refusals, a second apart
let isDraining = false;

const problem = { status: 401, type: 'application/problem+json', body: '{"title":"Unauthorized"}' };
const json = (body, status = 200) => ({ status, type: 'application/json', body: JSON.stringify(body) });
const ready = (isReady) => json({ status: isReady ? 'ready' : 'not-ready', version }, isReady ? 200 : 503);
const accepting = () => ready(!isDraining);
const health = () => json({ status: 'ok', checks: {}, version, uptime: process.uptime() });
const page = () =>
  fault === 'page-broken'
    ? json({ error: 'broken' }, 500)
    : {
        status: 200,
        type: 'text/html',
        body: `<script src="/_next/static/chunks/${fault === 'script-missing' ? 'lost' : version}.js"></script>${version}`,
      };

const routes = {
  api: {
    '/health/ready': () => ready(!isDraining && fault !== 'api-unhealthy'),
    '/health/accepting': accepting,
    '/health': health,
    '/api/health': health,
    '/api/health/database': () => json({}),
    '/api/health/cache': () => json({}),
    '/api/health/queue': () => json({}),
    '/api/v1/documents': () => problem,
  },
  web: { '/web-health': () => ready(!isDraining && fault !== 'web-unhealthy'), '/': page, '/sign-in': page },
  worker: { '/health/ready': () => ready(!isDraining) },
};

function serve(port) {
  const server = http.createServer((request, response) => {
    const { status, type, body } = routes[role][request.url]?.() ?? json({ error: 'not found' }, 404);
    response.writeHead(status, { 'content-type': type, ...(isDraining ? { connection: 'close' } : {}) }).end(body);
  });
  server.keepAliveTimeout = 125_000;
  server.listen(port, '0.0.0.0', () => console.log(`${role} ${version} listens on ${port}`));
  process.once('SIGTERM', () => {
    isDraining = true;
    setTimeout(() => server.close(() => process.exit(0)), role === 'worker' ? 0 : drainMs);
  });
}

async function migrate() {
  console.log('the schema is looked at');
  if (fault === 'migration-fails') {
    console.error('migrating failed: migration 20990101000000_broken failed. column "nobody" does not exist');
    process.exit(1);
  }
  if (fault === 'migration-slow') await new Promise((resolve) => setTimeout(resolve, 20_000));
  console.log('done, 0 applied');
}

if (fault === `${role}-exits`) {
  console.error(`${role} ${version} cannot start: its module is missing`);
  process.exit(3);
}
if (role === 'database') await migrate();
else {
  try {
    loadEnv(process.env, ...appFragments[role]);
  } catch (error) {
    console.error(error.message);
    process.exit(78);
  }
  serve({ api: 4000, web: 3000, worker: 9465 }[role]);
}
