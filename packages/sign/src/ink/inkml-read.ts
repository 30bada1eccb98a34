import { signError } from '../errors/sign-codes.js';
import type { Ink } from './ink.js';
import { readInk } from './ink-json.js';

/** Names of optional channels in `ink/1`. */
const MEMBERS: Readonly<Record<string, 'f' | 'tx' | 'ty'>> = { F: 'f', OTx: 'tx', OTy: 'ty' };

/** Reads what `inkToInkml` writes; other InkML is refused. Errors: `ink-malformed`. */
export function inkFromInkml(xml: string): Ink {
  if (!/<annotation type="schema">ink\/1<\/annotation>/.test(xml) || !/<\/ink>\s*$/.test(xml)) refuse();
  const source = attributes(/<inkSource ([^>]*)>/.exec(xml)?.[1]);
  const area = attributes(/<activeArea ([^>]*)\/>/.exec(xml)?.[1]);
  const rate = attributes(/<sampleRate ([^>]*)\/>/.exec(xml)?.[1])['value'];
  const optional = [...xml.matchAll(/<channel name="(F|OTx|OTy)"/g)].map(([, name = '']) => MEMBERS[name]);
  return readInk({
    schema: 'ink/1',
    width: whole(area['width'], 2),
    height: whole(area['height'], 2),
    device: {
      kind: source['description'],
      ...(source['model'] === undefined ? {} : { model: source['model'] }),
      ...(source['serialNo'] === undefined ? {} : { serial: source['serialNo'] }),
      ...(rate === undefined ? {} : { rateHz: Number(rate) }),
    },
    strokes: [...xml.matchAll(/<trace [^>]*>([^<]*)<\/trace>/g)].map(([, points = '']) => ({
      samples: points.split(', ').map((point) => {
        const [x, y, t, ...more] = point.split(' ');
        if (more.length !== optional.length) refuse();
        const found = more.flatMap((value, index) => (value === '?' ? [] : [[optional[index], whole(value, 0)]]));
        return { x: whole(x, 2), y: whole(y, 2), t: whole(t, 3), ...Object.fromEntries(found) };
      }),
    })),
  });
}

function attributes(tag: string | undefined): Readonly<Record<string, string | undefined>> {
  const found = (tag ?? '').matchAll(/([\w:]+)="([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name, value = '']) => [name, unescape(value)]));
}

function unescape(text: string): string {
  return text.replace(/&#(\d{1,3});/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** A decimal as a whole number of 10^-places. */
function whole(text: string | undefined, places: number): number {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text ?? '');
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > places) return refuse();
  const value = Number(`${match[2]}${fraction.padEnd(places, '0')}`);
  return match[1] ? 0 - value : value;
}

function refuse(): never {
  throw signError('ink-malformed', { details: { reason: 'inkml' } });
}
