/** Text as search compares it: NFKC, lower case, no blanks beside Chinese characters. With the way back to the source. */
export interface FoldedText {
  readonly folded: string;
  /** For each folded code unit: where its source character begins and ends. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A stretch of a source text, by code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Chinese characters, their punctuation and full-width signs. */
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

export function foldText(text: string): FoldedText {
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  let blank: number | undefined;
  const append = (part: string, start: number, end: number): void => {
    folded += part;
    for (let unit = 0; unit < part.length; unit += 1) {
      from.push(start);
      to.push(end);
    }
  };
  let offset = 0;
  for (const char of text) {
    const start = offset;
    offset += char.length;
    for (const part of char.normalize('NFKC').toLowerCase()) {
      if (part.trim() === '') {
        blank ??= start;
        continue;
      }
      const last = folded[folded.length - 1];
      if (blank !== undefined && last !== undefined && !WIDE.test(last) && !WIDE.test(part)) {
        append(' ', blank, blank + 1);
      }
      blank = undefined;
      append(part, start, offset);
    }
  }
  return { folded, from, to };
}

/** The same folding for what a person types. */
export function foldQuery(query: string): string {
  return foldText(query).folded;
}

/** Where a folded query stands in the source, in order, without overlaps. */
export function findFolded(text: FoldedText, query: string): readonly TextRange[] {
  const found: TextRange[] = [];
  if (query === '') return found;
  let at = text.folded.indexOf(query);
  while (at >= 0) {
    found.push({ start: text.from[at] ?? 0, end: text.to[at + query.length - 1] ?? 0 });
    at = text.folded.indexOf(query, at + query.length);
  }
  return found;
}
