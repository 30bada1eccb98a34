/** The browser's local storage, or undefined where the host page may not use it (sandboxed frame, policy). */
export function localStorageIfAllowed(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** The object stored under a key; undefined when absent or not an object. */
export function readJson(storage: Storage | undefined, key: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Stores an object; a full or forbidden store is ignored, because nothing kept here is needed to go on. */
export function writeJson(storage: Storage | undefined, key: string, value: Readonly<Record<string, unknown>>): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
