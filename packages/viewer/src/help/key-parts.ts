import type { ViewerTexts } from '../locales/viewer.js';

/** `Shift+Space` as the words printed on a keyboard: `['Shift', '空格']`. */
export function keyParts(key: string, texts: ViewerTexts): readonly string[] {
  const parts = key === '+' ? ['+'] : key.split(/\+(?=.)/);
  const names: Readonly<Record<string, string>> = texts.help.keys;
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}
