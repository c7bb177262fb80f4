/** The release that the images of the tests are built as. */
export const firstRelease = 'test-1';

/** The files of scripts/test-stack, one after the other: what is quick and what the others rest on comes first. */
export const order = [
  'images',
  'local-compose',
  'containers',
  'connections',
  'verify-production',
  'story',
  'deploy-faults',
  'deploy-ssh',
  'deploy-migrations',
  'zero-downtime',
  'memory',
  'no-loss',
  'faults',
  'backup',
  'backup-faults',
  'restore',
  'old-api-new-schema',
  'recovery-times',
  'host',
  'host-daemon',
  'host-machine',
];
