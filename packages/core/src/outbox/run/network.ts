import { Scope } from '../../lifecycle/scope.js';

/** What the browser says of the line. It may be wrong both ways, so it only hastens and names, never decides. */
export interface Network {
  online(): boolean;
  /** Calls back on each change. Returns the end of it. */
  watch(listener: (online: boolean) => void): () => void;
}

/** `online` and `offline` of this window or worker. */
export const browserNetwork: Network = {
  online: () => (globalThis as unknown as { navigator?: { onLine?: boolean } }).navigator?.onLine !== false,
  watch: (listener) => {
    const scope = new Scope();
    const here = globalThis as unknown as Partial<EventTarget>;
    if (typeof here.addEventListener === 'function') {
      scope.listen(here as EventTarget, 'online', () => listener(true));
      scope.listen(here as EventTarget, 'offline', () => listener(false));
    }
    return () => scope.dispose();
  },
};
