/** One operator of a content stream with its numbers; `characters` counts those of its strings, `shown` are their bytes. */
interface ContentOperation {
  readonly operator: string;
  readonly operands: readonly number[];
  readonly names: readonly string[];
  readonly characters: number;
  readonly shown: string;
}

const TOKEN =
  /%[^\r\n]*|\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|\/[^\s()<>[\]{}/%]*|[^\s()<>[\]{}/%]+/g;

/** Reads operators one by one; pictures inside the stream are passed over. @source ISO 32000-2 7.8.2 */
export function* contentOperations(text: string): Generator<ContentOperation> {
  let [operands, names, characters, shown] = [[] as number[], [] as string[], 0, ''];
  TOKEN.lastIndex = 0;
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const token = match[0];
    const first = token[0] ?? '';
    if (first === '(') {
      characters += token.length - 2;
      shown += literal(token.slice(1, -1));
    } else if (first === '<' && token !== '<<') {
      characters += (token.length - 2) >> 2 || 1;
      shown += hex(token.slice(1, -1));
    } else if (first === '/') names.push(token.slice(1));
    else if (first === '%' || '[]<>'.includes(first)) continue;
    else if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) operands.push(Number(token));
    else {
      yield { operator: token, operands, names, characters, shown };
      [operands, names, characters, shown] = [[], [], 0, ''];
      if (token === 'ID') {
        const end = /\sEI(?=\s|$)/g;
        end.lastIndex = pattern.lastIndex;
        pattern.lastIndex = end.exec(text) ? end.lastIndex : text.length;
      }
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** @source ISO 32000-2 7.3.4.2 */
const literal = (text: string): string =>
  text.replace(/\\(\r\n|[0-7]{1,3}|[\s\S])/g, (_, escaped: string) =>
    /^[0-7]/.test(escaped)
      ? String.fromCharCode(Number.parseInt(escaped, 8) & 255)
      : (ESCAPES[escaped] ?? (/[\r\n]/.test(escaped) ? '' : escaped)),
  );

const hex = (text: string): string =>
  (text.replace(/\s/g, '').match(/..?/g) ?? [])
    .map((pair) => String.fromCharCode(Number.parseInt(pair.padEnd(2, '0'), 16)))
    .join('');
