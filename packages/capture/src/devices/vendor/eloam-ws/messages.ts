import { captureError } from '@anjuan/core/outbox';
import { integerOf, member, parseObject, protocolError, textOf, type JsonObject } from '../shared/json.js';
import { parseSize, type OfferedSize } from '../shared/options.js';
import type { ServiceMessage } from '../shared/service-client.js';

/** A frame of the live view, still in base64. */
export interface PushedFrame {
  readonly base64: string;
}

/** Most devices that one service is believed to have. */
export const MAX_DEVICES = 16;
const MAX_SIZES = 64;

/** Reads `{function, ret, value}`; frames come as the function `ImageCallback`. */
export function readEloamMessage(text: string): ServiceMessage<JsonObject, PushedFrame> {
  const message = parseObject(text);
  const name = member(message, 'function');
  if (typeof name !== 'string' || name === '') throw protocolError('function');
  if (name !== 'ImageCallback') return { kind: 'reply', key: name, reply: message };
  const value = member(message, 'value');
  return typeof value === 'string' && value !== '' ? { kind: 'push', push: { base64: value } } : { kind: 'ignored' };
}

/** A request as text. */
export function eloamRequest(name: string, values: JsonObject = {}): string {
  return JSON.stringify({ function: name, ...values });
}

/** The `value` of a good answer; `service-failed` when `ret` is negative or missing. */
export function goodValue(reply: JsonObject): unknown {
  const ret = integerOf(member(reply, 'ret'));
  if (ret === undefined) throw protocolError('ret');
  if (ret < 0) throw captureError('service-failed', { details: { ret } });
  return member(reply, 'value');
}

/** The number of devices. */
export function parseCount(reply: JsonObject): number {
  const count = integerOf(goodValue(reply));
  if (count === undefined || count < 0 || count > MAX_DEVICES) throw protocolError('GetDeviceCount');
  return count;
}

/** The sizes in `2592*1944|1600*1200|640*480`; entries that are no size keep their number and are left out. */
export function parseSizes(reply: JsonObject): readonly OfferedSize[] {
  const entries = textOf(goodValue(reply)).split('|', MAX_SIZES);
  return entries.map(parseSize).filter((size) => size !== undefined);
}
