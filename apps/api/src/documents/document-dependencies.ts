import type { Dependencies } from '../dependencies.js';

/** What the stories of this feature use. */
export type DocumentDependencies = Pick<Dependencies, 'database' | 'storage' | 'realtime'>;
