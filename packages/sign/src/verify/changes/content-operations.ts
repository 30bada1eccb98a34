/** One operator of a content stream with its numbers; `characters` counts those of its strings. */
interface ContentOperation {
  readonly operator: string;
  readonly operands: readonly number[];
  readonly names: readonly string[];
  readonly characters: number;
}

const TOKEN =
  /%[^\r\n]*|\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|\/[^\s()<>[\]{}/%]*|[^\s()<>[\]{}/%]+/g;

/** Reads operators one by one; pictures inside the stream are passed over. @source ISO 32000-2 7.8.2 */
export function* contentOperations(text: string): Generator<ContentOperation> {
  let [operands, names, characters] = [[] as number[], [] as string[], 0];
  TOKEN.lastIndex = 0;
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const token = match[0];
    const first = token[0] ?? '';
    if (first === '(') characters += token.length - 2;
    else if (first === '<' && token !== '<<') characters += (token.length - 2) >> 2 || 1;
    else if (first === '/') names.push(token.slice(1));
    else if (first === '%' || '[]<>'.includes(first)) continue;
    else if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) operands.push(Number(token));
    else {
      yield { operator: token, operands, names, characters };
      [operands, names, characters] = [[], [], 0];
      if (token === 'ID') {
        const end = /\sEI(?=\s|$)/g;
        end.lastIndex = pattern.lastIndex;
        pattern.lastIndex = end.exec(text) ? end.lastIndex : text.length;
      }
    }
  }
}
