import { signError } from '../../errors/sign-codes.js';
import type { LocalPadMessage, LocalPadPoint } from './local-pad-contract.js';

const MAX_TEXT = 262_144;
const MAX_POINTS = 4_000;
/** A metre: no pad is larger. */
const MAX_HUNDREDTHS = 100_000;
const keys = ['confirm', 'clear', 'cancel'];
const codes = ['no-pad', 'busy', 'lost', 'unsupported'];

const wrong = (reason: string) => signError('pad-protocol', { details: { reason } });

type Fields = Readonly<Record<string, unknown>>;
const isNumber = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && value >= low && value <= high;
const optional = (value: unknown, low: number, high: number): boolean =>
  value === undefined || isNumber(value, low, high);

/** Reads one message strictly; kinds that a later version may add give undefined. Errors: `pad-protocol`. */
export function readLocalPadMessage(text: unknown): LocalPadMessage | undefined {
  if (typeof text !== 'string' || text.length > MAX_TEXT) throw wrong('frame');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('json');
  }
  if (typeof value !== 'object' || value === null) throw wrong('json');
  const fields = value as Fields;
  const message = value as LocalPadMessage;
  switch (fields['type']) {
    case 'started':
    case 'cleared':
    case 'up':
      return message;
    case 'ready':
      if (!isReady(fields)) throw wrong('ready');
      return message;
    case 'key':
      if (!keys.includes(fields['key'] as string)) throw wrong('key');
      return message;
    case 'error':
      if (!codes.includes(fields['code'] as string)) throw wrong('error');
      return message;
    case 'samples': {
      const points = fields['points'];
      if (!isNumber(fields['seq'], 0, 1e9) || !Array.isArray(points) || points.length > MAX_POINTS)
        throw wrong('samples');
      if (!points.every(isPoint)) throw wrong('point');
      return message;
    }
    default:
      return undefined;
  }
}

function isReady(fields: Fields): boolean {
  const { protocol, model, serial, widthMm, heightMm, rateHz, maxPressure } = fields;
  return (
    typeof protocol === 'string' &&
    typeof model === 'string' &&
    model.length <= 100 &&
    (serial === undefined || (typeof serial === 'string' && serial.length <= 100)) &&
    isNumber(widthMm, 5, 1000) &&
    isNumber(heightMm, 5, 1000) &&
    optional(rateHz, 1, 10_000) &&
    optional(maxPressure, 1, 1e6)
  );
}

function isPoint(value: unknown): value is LocalPadPoint {
  if (!Array.isArray(value)) return false;
  const [x, y, t, force, tiltX, tiltY] = value as readonly unknown[];
  return (
    isNumber(x, 0, MAX_HUNDREDTHS) &&
    isNumber(y, 0, MAX_HUNDREDTHS) &&
    isNumber(t, 0, 1e13) &&
    (force === null || optional(force, 0, 65_535)) &&
    optional(tiltX, -90, 90) &&
    optional(tiltY, -90, 90)
  );
}
