export { environmentOrExit } from './environment-or-exit.js';
export { keepYoungHeapSmall } from './keep-young-heap-small.js';
export { silentReporter, startReporting, type Reporter } from './start-reporting.js';
export { watchQueries } from './watch-queries.js';
