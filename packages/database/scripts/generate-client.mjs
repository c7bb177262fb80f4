// Generates the Prisma client from prisma/schema into src/generated; does nothing when it is there and fresh.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const manifest = require('prisma/package.json');
const cli = join(dirname(require.resolve('prisma/package.json')), manifest.bin.prisma);

const stamp = join(packageDirectory, 'src/generated/.schema-hash');
const hash = createHash('sha256').update(manifest.version);
for (const file of globSync('prisma/schema/*.prisma', { cwd: packageDirectory }).toSorted()) {
  hash.update(readFileSync(join(packageDirectory, file)));
}
const fingerprint = hash.digest('hex');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) process.exit(0);

// Generating needs no engine, but Prisma downloads the native one unless told where it is: any existing file will do.
const { status } = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
  cwd: packageDirectory,
  stdio: 'inherit',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? cli,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
});
if (status === 0) writeFileSync(stamp, fingerprint);
process.exit(status ?? 1);
