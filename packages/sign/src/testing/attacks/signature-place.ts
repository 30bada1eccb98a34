import { toBytes, toText } from './edit.js';

/** Where the parts of the newest signature stand in the file. */
export interface SignaturePlace {
  readonly text: string;
  /** From the slash of /ByteRange to behind the blanks after its value. */
  readonly rangeStart: number;
  readonly rangeEnd: number;
  readonly range: readonly [number, number, number, number];
  /** `<` and the byte after `>` of /Contents. */
  readonly gapStart: number;
  readonly gapEnd: number;
  /** Hex digits with their padding. */
  readonly digits: string;
  readonly objectNumber: number;
}

/** The newest signature that covers its file to the end. */
export function place(bytes: Uint8Array): SignaturePlace {
  const text = toText(bytes);
  const match = [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] */g)].at(-1);
  if (!match) throw new RangeError('No signature');
  const [whole, a, b, c, d] = match;
  const [gapStart, gapEnd] = [Number(b), Number(c)];
  const head = text.lastIndexOf(' obj', match.index);
  return {
    text,
    rangeStart: match.index,
    rangeEnd: match.index + whole.length,
    range: [Number(a), gapStart, gapEnd, Number(d)],
    gapStart,
    gapEnd,
    digits: text.slice(gapStart + 1, gapEnd - 1),
    objectNumber: Number(/(\d+) \d+$/.exec(text.slice(head - 24, head))?.[1]),
  };
}

/** The file with other bytes in one place. */
export function splice(bytes: Uint8Array, from: number, to: number, text: string): Uint8Array<ArrayBuffer> {
  const middle = toBytes(text);
  const joined = new Uint8Array(bytes.length - (to - from) + middle.length);
  joined.set(bytes.subarray(0, from));
  joined.set(middle, from);
  joined.set(bytes.subarray(to), from + middle.length);
  return joined;
}

/** `startxref` of the newest revision. */
export const lastXref = (text: string): number => Number([...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1]);
