/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to `below` - 1. */
  int(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  pick<T>(items: readonly T[], fallback: T): T {
    return items[this.int(Math.max(1, items.length))] ?? fallback;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.int(256));
  }
}

/** Characters and words that parsers stumble over. */
const NASTY = [
  '\0',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '&',
  ';',
  ':',
  ',',
  '/',
  '\r\n',
  '\n',
  '\uFEFF',
  '\uD800',
  '𬭎',
  '-1',
  '1e999',
  '4294967296',
  '99999999999999999999',
  'null',
  'true',
  '""',
  '{}',
  '[]',
  '__proto__',
  'constructor',
  'Begin',
  'End',
  '<!DOCTYPE a [',
  '<!ENTITY x "y">',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '&#x110000;',
  '&#0;',
  '&lol;',
  'Content-Length: 5',
  'data:image/jpeg;base64,',
];

/** A valid text with a few things broken. */
export function mutateText(random: Random, samples: readonly string[]): string {
  let text = random.pick(samples, '');
  for (let step = random.int(5); step > 0; step -= 1) {
    const at = random.int(text.length + 1);
    const end = Math.min(text.length, at + 1 + random.int(12));
    switch (random.int(6)) {
      case 0:
        text = text.slice(0, at) + random.pick(NASTY, '') + text.slice(at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 2:
        text = text.slice(0, end) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at);
        break;
      case 4:
        text = text.slice(0, at) + random.pick(samples, '').slice(random.int(20));
        break;
      default:
        text = text.slice(0, at) + String.fromCharCode(random.int(0x100)) + text.slice(at + 1);
    }
  }
  return text;
}

/** Valid bytes with a few broken. */
export function mutateBytes(random: Random, samples: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = random.pick(samples, new Uint8Array(0)).slice();
  for (let step = random.int(4); step > 0; step -= 1) bytes[random.int(bytes.length + 1)] = random.int(256);
  if (random.int(4) === 0) return bytes.slice(0, random.int(bytes.length + 1));
  if (random.int(8) === 0) return Uint8Array.from([...bytes, ...random.bytes(random.int(40))]);
  return bytes;
}

/** Cuts bytes into chunks of 1 to `longest`. */
export function* chunksOf(random: Random, bytes: Uint8Array, longest: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + 1 + random.int(longest));
    yield bytes.subarray(at, end);
    at = end;
  }
}
