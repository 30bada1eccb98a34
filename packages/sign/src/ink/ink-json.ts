import { signError } from '../errors/sign-codes.js';
import { canonicalJson } from './canonical-json.js';
import type { Ink, InkDevice, InkSample, InkStroke } from './ink.js';

const KINDS: readonly string[] = ['pen', 'touch', 'mouse', 'tablet', 'service', 'typed', 'stamped'];
/** One hundred metres: beyond it a number is a mistake. */
const FARTHEST = 10_000_000;
/** More than an hour at 200 samples a second. */
const MOST_SAMPLES = 1_000_000;

/** The ink as canonical JSON (RFC 8785): the same ink always gives the same text, and its UTF-8 bytes the digests. */
export function inkToJson(ink: Ink): string {
  return canonicalJson(ink);
}

/** Reads `ink/1`, strictly: unknown members, fractions, falling time and values out of range are `ink-malformed`. */
export function inkFromJson(json: string | Uint8Array): Ink {
  let value: unknown;
  try {
    value = JSON.parse(typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    // The parser's message quotes the text, so it is not kept.
    return refuse('json');
  }
  return readInk(value);
}

/** The same for a parsed value: checks it and gives a copy with nothing else in it. */
export function readInk(value: unknown): Ink {
  const ink = members(value, ['schema', 'width', 'height', 'device', 'strokes'], 'ink');
  if (ink['schema'] !== 'ink/1') refuse('schema');
  const clock = { t: 0, left: MOST_SAMPLES };
  return {
    schema: 'ink/1',
    width: integer(ink['width'], 1, FARTHEST, 'width'),
    height: integer(ink['height'], 1, FARTHEST, 'height'),
    device: readDevice(ink['device']),
    strokes: array(ink['strokes'], 'strokes').map((stroke) => readStroke(stroke, clock)),
  };
}

function readDevice(value: unknown): InkDevice {
  const device = members(value, ['kind', 'model', 'serial', 'rateHz', 'maxPressure'], 'device');
  const { kind, model, serial, rateHz, maxPressure } = device;
  if (typeof kind !== 'string' || !KINDS.includes(kind)) refuse('kind');
  return {
    kind: kind as InkDevice['kind'],
    ...(model === undefined ? {} : { model: word(model) }),
    ...(serial === undefined ? {} : { serial: word(serial) }),
    ...(rateHz === undefined ? {} : { rateHz: finite(rateHz) }),
    ...(maxPressure === undefined ? {} : { maxPressure: finite(maxPressure) }),
  };
}

function readStroke(value: unknown, clock: { t: number; left: number }): InkStroke {
  const samples = array(members(value, ['samples'], 'stroke')['samples'], 'samples');
  clock.left -= samples.length;
  if (samples.length === 0 || clock.left < 0) refuse('samples');
  return {
    samples: samples.map((each): InkSample => {
      const { x, y, t, f, tx, ty } = members(each, ['x', 'y', 't', 'f', 'tx', 'ty'], 'sample');
      clock.t = integer(t, clock.t, Number.MAX_SAFE_INTEGER, 't');
      return {
        x: integer(x, -FARTHEST, FARTHEST, 'x'),
        y: integer(y, -FARTHEST, FARTHEST, 'y'),
        t: clock.t,
        ...(f === undefined ? {} : { f: integer(f, 0, 65535, 'f') }),
        ...(tx === undefined ? {} : { tx: integer(tx, -90, 90, 'tx') }),
        ...(ty === undefined ? {} : { ty: integer(ty, -90, 90, 'ty') }),
      };
    }),
  };
}

function members(value: unknown, known: readonly string[], reason: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(reason);
  if (Object.keys(value as object).some((name) => !known.includes(name))) refuse(reason);
  return value as Record<string, unknown>;
}

function array(value: unknown, reason: string): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : refuse(reason);
}

function integer(value: unknown, least: number, most: number, reason: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) refuse(reason);
  // Canonical JSON has one zero.
  return (value as number) + 0;
}

function finite(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value < FARTHEST)) refuse('device');
  return (value as number) + 0;
}

function word(value: unknown): string {
  // A lone surrogate has no UTF-8 form, so it could not be hashed.
  if (
    typeof value !== 'string' ||
    value.length > 200 ||
    /[\uD800-\uDFFF]/.test(value.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''))
  ) {
    refuse('device');
  }
  return value as string;
}

function refuse(reason: string): never {
  throw signError('ink-malformed', { details: { reason } });
}
