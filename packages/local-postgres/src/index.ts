export { canConnect } from './can-connect.js';
export { initialiseCluster } from './initialise-cluster.js';
export { LocalPostgresError } from './local-postgres-error.js';
export { placeCluster, type ClusterPlace } from './place-cluster.js';
export { serverCommand, type ServerCommand } from './server-command.js';
