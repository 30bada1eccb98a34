/** Languages of the catalogue. `zh-CN` is the source of truth. */
export const LOCALES = ['zh-CN', 'en'] as const;
/** A language Anjuan has texts for. */
export type Locale = (typeof LOCALES)[number];
/** The language when nothing around an element names one. */
export const DEFAULT_LOCALE: Locale = 'zh-CN';

/** The locale for a BCP 47 tag; undefined when the catalogue has none. */
export function matchLocale(tag: string | null | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  if (language === 'zh') return 'zh-CN';
  if (language === 'en') return 'en';
  return undefined;
}

/** Nearest known `lang` from the element upwards, across shadow roots, up to but not including `until`. */
export function nearestLocale(element: Element, until?: Element): Locale | undefined {
  for (let node: Element | null = element; node && node !== until; node = parentAcrossShadow(node)) {
    const locale = matchLocale(node.getAttribute('lang'));
    if (locale) return locale;
  }
  return undefined;
}

function parentAcrossShadow(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
