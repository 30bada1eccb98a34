// Node 20 does not apply --import to the entry file of a thread, so a thread started from TypeScript source loads the loader itself.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
