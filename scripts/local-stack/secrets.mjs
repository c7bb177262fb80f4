import { randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const words =
  'amber basalt cedar delta ember fjord granite harbor island juniper kelp lichen marble nettle olive pebble quartz river slate thistle umber violet willow yarrow'.split(
    ' ',
  );

function readablePassword() {
  const picked = Array.from({ length: 4 }, () => words[randomInt(words.length)]);
  return `${picked.join('-')}-${randomInt(100, 1000)}`;
}

/**
 * The secrets of this installation: made once, kept in a file that only its owner can read. Nothing has a default.
 * @param {string} directory
 */
export function loadSecrets(directory) {
  const file = path.join(directory, 'secrets.json');
  const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const secret = () => randomBytes(32).toString('base64url');
  const secrets = {
    auth: known.auth ?? secret(),
    storageSigning: known.storageSigning ?? secret(),
    internal: known.internal ?? secret(),
    postgres: known.postgres ?? secret(),
    redis: known.redis ?? secret(),
    demoPassword: known.demoPassword ?? readablePassword(),
  };
  fs.writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
