/** The release that the images of the tests are built as. */
export const firstRelease = 'test-1';

/** The files of scripts/test-stack, one after the other: what is quick and what the others rest on comes first, then what matters most. */
export const order = [
  'images',
  'local-compose',
  'containers',
  'connections',
  'verify-production',
  'story',
  'zero-downtime',
  'memory',
  'no-loss',
  'faults',
  'recovery-times',
  'backup',
  'restore',
  'backup-faults',
  'old-api-new-schema',
  'deploy-ssh',
  'deploy-migrations',
  'deploy-faults',
  'host',
  'host-daemon',
  'host-machine',
];
