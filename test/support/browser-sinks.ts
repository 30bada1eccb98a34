import type { Sink } from './canary.js';

/** Attributes that are the text of the screen for people who listen to it. */
const spoken = /^(aria-|title$|alt$|placeholder$|value$)/;

/** Every attribute below a root, shadow trees included, but for what is spoken inside of a shadow tree. */
export function attributesBelow(root: ParentNode): Sink[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...[...element.attributes]
      .filter(({ name }) => element.shadowRoot !== null || !spoken.test(name))
      .map(({ name, value }) => ({ where: `attribute ${name} of ${element.localName}`, text: `${name}=${value}` })),
    ...(element.shadowRoot ? attributesBelow(element.shadowRoot) : []),
  ]);
}

/** What the page leaves outside of databases: web storage, cookies, address, names of what was loaded, database names. */
export async function storedTexts(): Promise<Sink[]> {
  const stores = { localStorage, sessionStorage };
  return [
    ...Object.entries(stores).flatMap(([where, store]) =>
      Object.entries(store).map(([key, value]) => ({ where, text: `${key}=${String(value)}` })),
    ),
    { where: 'databases', text: JSON.stringify(await indexedDB.databases()) },
    { where: 'cookies', text: document.cookie },
    { where: 'address', text: `${location.href} ${document.title} ${JSON.stringify(history.state)}` },
    ...performance.getEntries().map(({ name }) => ({ where: 'performance entry', text: name })),
  ];
}

/** Names of stores and indexes of a database, and every key and index key in it. */
export async function storedKeys(database: string): Promise<Sink[]> {
  const opened = await asked(indexedDB.open(database));
  try {
    const names = [...opened.objectStoreNames];
    const reading = opened.transaction(names);
    const found = await Promise.all(
      names.map(async (name) => {
        const store = reading.objectStore(name);
        const keys: unknown[] = await asked(store.getAllKeys());
        const where = `keys of ${name}`;
        return [
          { where, text: `${name} ${JSON.stringify([...store.indexNames])}` },
          ...keys.map((key) => ({ where, text: JSON.stringify(key) })),
        ];
      }),
    );
    return found.flat();
  } finally {
    opened.close();
  }
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
