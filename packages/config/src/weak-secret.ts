// Words of examples and defaults. Long ones are refused anywhere in a secret, short ones only when they are all of it.
const telling = [
  'changeme',
  'changethis',
  'replaceme',
  'yoursecret',
  'mysecret',
  'supersecret',
  'topsecret',
  'placeholder',
  'insecure',
  'example',
  'password',
  'keyboardcat',
  'notsosecret',
  'donotuse',
  'fixme',
];
const plain = [
  'secret',
  'default',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'testing',
  'dev',
  'development',
  'local',
  'localhost',
  'demo',
  'sample',
  'postgres',
  'postgresql',
  'redis',
  'minio',
  'minioadmin',

  'token',
  'key',
  'apikey',
  'letmein',
  'qwerty',
  'abc',
  '123456',
  '12345678',
  '1234567890',
  'none',
  'null',
  'undefined',
  'todo',
  'xxx',
];

interface StrengthOptions {
  minLength: number;
  /** The variable's own example, which is published in the documentation. */
  example?: string | undefined;
}

/**
 * Says why a secret must not be used in production, without quoting it: too short, made of repeated characters, or
 * one that everybody knows. Undefined when nothing speaks against it.
 */
export function findWeakness(secret: string, { minLength, example }: StrengthOptions): string | undefined {
  if (example !== undefined && secret === example) return 'is the published example';
  if (isWellKnown(secret)) return 'is a well-known or example secret';
  if (secret.length < minLength) return `is too short: at least ${minLength} characters`;
  if (isRepetitive(secret)) return 'is made of repeated characters';
  return undefined;
}

/** Why the password inside a URL must not be used in production. A URL without a password is left to the network. */
export function findUrlWeakness(url: string, { minLength, example }: StrengthOptions): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const password = passwordOf(url);
  if (password === '') return undefined;
  if (example !== undefined && URL.canParse(example) && password === passwordOf(example))
    return 'has the password of the published example';
  const weakness = findWeakness(password, { minLength });
  return weakness === undefined ? undefined : `has a password that ${weakness}`;
}

function passwordOf(url: string): string {
  const { password } = new URL(url);
  try {
    return decodeURIComponent(password);
  } catch {
    return password; // a stray percent sign: judge it as written
  }
}

function isWellKnown(secret: string): boolean {
  const bare = secret.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (telling.some((word) => bare.includes(word))) return true;
  const words = secret
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.length > 0 && words.every((word) => plain.includes(unrepeated(word)) || plain.includes(word));
}

/** 'secretsecret' → 'secret': the shortest unit whose repetition makes the text. */
function unrepeated(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

function isRepetitive(secret: string): boolean {
  const distinct = new Set(secret).size;
  return distinct < Math.min(8, Math.ceil(secret.length / 2)) || unrepeated(secret).length < secret.length;
}
