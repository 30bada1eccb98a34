import { appearanceError } from './appearance-error.js';
import type { SignatureLine, SignatureWords } from './signature-appearance.js';

const labels = {
  'zh-CN': { meaning: '含义：', reason: '原因：', time: '时间：' },
  en: { meaning: 'Meaning: ', reason: 'Reason: ', time: 'Time: ' },
} as const;

/** A line with its height relative to the others. */
export interface WordedLine {
  readonly text: string;
  readonly ratio: number;
  readonly sizeMm?: number;
}

/** No line breaks, no controls, nothing that turns the order of characters around. */
const plain = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** Lines that have something to say: the name in larger letters, the rest with labels. */
export function wordedLines(
  text: readonly SignatureLine[] | SignatureWords | undefined,
  locale: 'zh-CN' | 'en',
): readonly WordedLine[] {
  if (text === undefined) return [];
  const words = labels[locale];
  const lines: readonly WordedLine[] = isLines(text)
    ? text.map((line) => ({ ...line, text: plain(line.text), ratio: 1 }))
    : [
        { text: plain(text.name ?? ''), ratio: 1.35 },
        labelled(words.meaning, text.meaning),
        labelled(words.reason, text.reason),
        labelled(words.time, text.time === undefined ? undefined : shownTime(text.time)),
      ];
  return lines.filter((line) => line.text !== '');
}

const isLines = (text: readonly SignatureLine[] | SignatureWords): text is readonly SignatureLine[] =>
  Array.isArray(text);

function labelled(label: string, text: string | undefined): WordedLine {
  const said = plain(text ?? '');
  return { text: said === '' ? '' : label + said, ratio: 1 };
}

/** Date and minute as written; a zone other than China's is named, because the reader would take it for local time. */
function shownTime(time: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(time);
  if (!match) throw appearanceError('time');
  const [, date = '', minute, zone] = match;
  const named = zone === undefined || /^\+08:?00$/.test(zone) ? '' : zone === 'Z' ? ' UTC' : ` ${zone}`;
  return minute === undefined ? date : `${date} ${minute}${named}`;
}
