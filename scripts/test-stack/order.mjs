/** The release that the images of the tests are built as. */
export const firstRelease = 'test-1';

/**
 * Files of scripts/test-stack that measure, or load and kill what they test: one after the other, with the machine to
 * themselves. And the story: a browser breaks off what it loads when a network comes or goes on the machine, and each
 * installation brings its own. What is quick comes first, then what matters most.
 */
export const alone = ['images', 'local-compose', 'dev-compose', 'story', 'zero-downtime', 'no-loss', 'faults', 'recovery-times'];

/** Files that wait more than they work: after the others, some at a time, those that take longest first. */
export const besideOthers = [
  'deploy-killed-in-the-switch',
  'deploy-killed-before-the-switch',
  'deploy-broken-releases',
  'deploy-ssh',
  'heal',
  'deploy-migrations',
  'deploy-interrupted',
  'deploy-slow-upload',
  'deploy-front-door',
  'deploy-build',
  'deploy-pre-flight',
  'backup-faults',
  'backup',
  'restore-in-place',
  'restore',
  'verify-production',
  'old-api-new-schema',
  'external-postgres',
  'connections',
  'containers',
  'memory',
  'host-daemon',
  'host',
  'host-machine',
];

export const order = [...alone, ...besideOthers];
