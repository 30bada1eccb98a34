import { VERSION } from './version.js';
import { warnOnce } from './warn.js';

/** What `defineElement` needs to know of a class. */
export type DefinableElement = CustomElementConstructor & { readonly version?: string };

/**
 * Registers a class for a tag. The same version again: nothing happens. Another version, or a foreign class:
 * the first one stays and a warning names both. Without a registry (plain Node) nothing happens.
 */
export function defineElement(tag: string, element: DefinableElement, registry?: CustomElementRegistry): void {
  const target = registry ?? (globalThis as { customElements?: CustomElementRegistry }).customElements;
  if (!target) return;
  const present = target.get(tag) as DefinableElement | undefined;
  if (!present) {
    // A constructor serves one tag only; a second tag gets its own subclass.
    target.define(tag, isTaken(element) ? class extends element {} : element);
    taken.add(element);
    return;
  }
  const wanted = element.version ?? VERSION;
  if (present.version === wanted) return;
  warnOnce(`define-duplicate-${tag}`, {
    what: `<${tag}> ${wanted} was not registered because ${present.version ?? 'a class of unknown version'} is there already.`,
    why: 'A tag can be registered once in a page, so the first one stays.',
    how: 'Load one version of Anjuan in this page.',
  });
}

const taken = new WeakSet<CustomElementConstructor>();

function isTaken(element: CustomElementConstructor): boolean {
  return taken.has(element);
}
