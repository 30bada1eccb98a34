import { PDFArray, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { nameOf, type PdfaFile, type PdfaRule } from './pdfa-file.js';

interface Entry {
  readonly number: number;
  readonly generation: number;
  readonly offset: number;
}

/** Lines of the cross-reference table, without its last character of line end. */
function tableOf({ text }: PdfaFile): string {
  const start = Number(/startxref\r?\n(\d+)/.exec(text)?.[1] ?? -1);
  const end = text.indexOf('trailer', start);
  return start < 0 || end < 0 ? '' : text.slice(start, end);
}

function entriesOf(file: PdfaFile): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [, first = '0', body = ''] of tableOf(file).matchAll(
    /(\d+) \d+\r?\n((?:\d{10} \d{5} [nf][ \r\n]{2})+)/g,
  )) {
    for (const [index, line] of (body.match(/.{17}[nf]/gs) ?? []).entries()) {
      const [, offset = '', generation = '', kind = ''] = /(\d{10}) (\d{5}) ([nf])/.exec(line) ?? [];
      if (kind !== 'n') continue;
      entries.push({ number: Number(first) + index, generation: Number(generation), offset: Number(offset) });
    }
  }
  return entries;
}

/** Offset, declared length and place of the data of each stream. */
function streamsOf(
  file: PdfaFile,
): readonly { readonly length: number; readonly rest: string; readonly eol: boolean }[] {
  return entriesOf(file).flatMap(({ offset }) => {
    const end = file.text.indexOf('endobj', offset);
    const head = /^[\s\S]*?>>\s*stream/.exec(file.text.slice(offset, Math.min(end, offset + 4096)))?.[0];
    if (head === undefined) return [];
    const after = file.text.slice(offset + head.length, offset + head.length + 2);
    const data = offset + head.length + (after === '\r\n' ? 2 : 1);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? -1);
    return [{ length, rest: file.text.slice(data + length, data + length + 12), eol: /^(\r\n|\n)/.test(after) }];
  });
}

const hexStrings = ({ skeleton }: PdfaFile): readonly string[] =>
  Array.from(
    skeleton
      .replaceAll('<<', ' ')
      .replaceAll('>>', ' ')
      .matchAll(/<([^>]*)>/g),
    ([, digits = '']) => digits,
  );

const numbersIn = ({ skeleton }: PdfaFile): readonly string[] =>
  Array.from(skeleton.matchAll(/[\s[/][A-Za-z]* ?([+-]?\d+(?:\.\d+)?)(?=[\s\]/>])/g), ([, digits = '']) => digits);

/** Clause 6.1: how the file is written. */
export const structureRules: readonly PdfaRule[] = [
  { clause: '6.1.2', says: 'starts with %PDF-1.0 to 1.7', holds: ({ text }) => /^%PDF-1\.[0-7]\r?\n/.test(text) },
  {
    clause: '6.1.2',
    says: 'has a comment of four high bytes in the second line',
    holds: ({ text }) => /^%PDF-1\.\d\r?\n%[\x80-\xff]{4}/.test(text),
  },
  {
    clause: '6.1.3',
    says: 'has an identifier of two strings',
    holds: ({ context }) => {
      const id = context.trailerInfo.ID;
      if (!(id instanceof PDFArray) || id.size() !== 2) return false;
      return id.asArray().every((part) => part instanceof PDFHexString || part instanceof PDFString);
    },
  },
  { clause: '6.1.3', says: 'is not encrypted', holds: ({ skeleton }) => !skeleton.includes('/Encrypt ') },
  { clause: '6.1.3', says: 'has nothing after the last %%EOF', holds: ({ text }) => /%%EOF(\r\n|\r|\n)?$/.test(text) },
  {
    clause: '6.1.4',
    says: 'startxref leads to the cross-reference table',
    holds: (file) => /^xref\r?\n/.test(tableOf(file)),
  },
  {
    clause: '6.1.4',
    says: 'has a cross-reference table of 20-byte entries',
    holds: (file) => /^xref\r?\n(\d+ \d+\r?\n(\d{10} \d{5} [nf]( \r| \n|\r\n))+)+\s*$/.test(tableOf(file)),
  },
  {
    clause: '6.1.4',
    says: 'each entry leads to its object',
    holds: (file) =>
      entriesOf(file).length > 0 &&
      entriesOf(file).every(({ number, generation, offset }) =>
        file.text.startsWith(`${number} ${generation} obj`, offset),
      ),
  },
  {
    clause: '6.1.9',
    says: 'objects begin and end on lines of their own',
    holds: ({ skeleton }) =>
      (skeleton.match(/\bobj\b/g) ?? []).length === (skeleton.match(/[\r\n]\d+ \d+ obj[\r\n]/g) ?? []).length &&
      (skeleton.match(/endobj/g) ?? []).length === (skeleton.match(/[\r\n]endobj[\r\n]/g) ?? []).length,
  },
  {
    clause: '6.1.6',
    says: 'hexadecimal strings have digits only, an even number of them',
    holds: (file) => hexStrings(file).every((digits) => /^([0-9a-f]{2})*$/i.test(digits.replaceAll(/\s/g, ''))),
  },
  {
    clause: '6.1.7.1',
    says: 'Length is the number of bytes of each stream',
    holds: (file) => streamsOf(file).every(({ rest }) => /^\r?\nendstream/.test(rest) || rest.startsWith('endstream')),
  },
  {
    clause: '6.1.7.1',
    says: 'stream is followed and endstream preceded by a line end',
    holds: (file) => streamsOf(file).every(({ eol, rest }) => eol && /^(\r\n|\r|\n)endstream/.test(rest)),
  },
  {
    clause: '6.1.7.1',
    says: 'no stream lies outside the file',
    holds: ({ streams }) =>
      streams.every(({ dict }) => ['F', 'FFilter', 'FDecodeParms'].every((key) => !dict.has(PDFName.of(key)))),
  },
  {
    clause: '6.1.7.2',
    says: 'no filter is LZW or Crypt',
    holds: ({ streams }) => streams.every(({ dict }) => !/LZW|Crypt/.test(String(dict.get(PDFName.of('Filter'))))),
  },
  {
    clause: '6.1.8',
    says: 'names are UTF-8',
    holds: ({ dicts }) =>
      dicts.every((dict) =>
        dict.keys().every((key) => {
          try {
            decodeURIComponent(String(key).replaceAll('%', '%25').replaceAll('#', '%'));
            return true;
          } catch {
            return false;
          }
        }),
      ),
  },
  {
    clause: '6.1.12',
    says: 'permissions are none but UR3 and DocMDP',
    holds: (file) =>
      (file.dictAt(file.catalog, 'Perms')?.keys() ?? []).every((key) => /^\/(UR3|DocMDP)$/.test(String(key))),
  },
  {
    clause: '6.1.13',
    says: 'whole numbers have 32 bits',
    holds: (file) =>
      numbersIn(file).every((digits) => digits.includes('.') || Math.abs(Number(digits)) <= 2_147_483_647),
  },
  {
    clause: '6.1.13',
    says: 'fractions stay below 3.403e38',
    holds: (file) => numbersIn(file).every((digits) => Math.abs(Number(digits)) <= 3.403e38),
  },
  {
    clause: '6.1.13',
    says: 'strings have 32767 bytes at most',
    holds: (file) =>
      hexStrings(file).every((digits) => digits.length <= 65534) && !/\([^()]{32768}/.test(file.skeleton),
  },
  {
    clause: '6.1.13',
    says: 'names have 127 bytes at most',
    holds: ({ skeleton }) => !/\/[^\s/<>[\]()]{128}/.test(skeleton),
  },
  {
    clause: '6.1.13',
    says: 'q and Q nest 28 levels at most and are balanced',
    holds: ({ operators }) =>
      operators.every((page) => {
        let depth = 0;
        const depths = page.map((token) => (depth += token === 'q' ? 1 : token === 'Q' ? -1 : 0));
        return depth === 0 && depths.every((level) => level >= 0 && level <= 28);
      }),
  },
  {
    clause: '6.1.13',
    says: 'page sides are 3 to 14400 units',
    holds: ({ pages, context }) =>
      pages.every((page) => {
        const box = context.lookupMaybe(page.get(PDFName.of('MediaBox')), PDFArray);
        const [left = 0, bottom = 0, right = 0, top = 0] = (box?.asArray() ?? []).map((value) => Number(String(value)));
        return [right - left, top - bottom].every((side) => side >= 3 && side <= 14400);
      }),
  },
  {
    clause: '6.1.11',
    says: 'carries no embedded files',
    holds: (file) => !file.dictAt(file.catalog, 'Names')?.has(PDFName.of('EmbeddedFiles')),
  },
  {
    clause: '6.1.13',
    says: 'no object stream is needed to read it',
    holds: ({ dicts }) => dicts.every((dict) => nameOf(dict, 'Type') !== 'ObjStm'),
  },
];
