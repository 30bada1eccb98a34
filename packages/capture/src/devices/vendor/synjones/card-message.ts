import { decodeBase64 } from '../shared/base64-picture.js';
import { isObject, parseObject, protocolError, type JsonObject } from '../shared/json.js';

/** Name of the event that carries a card. */
export const CARD_EVENT = 'card message';

/** The answer inside of a `card message`: an object, its JSON, or that in base64, as versions differ. */
export function parseCardEvent(args: readonly unknown[]): JsonObject {
  const [payload] = args;
  if (isObject(payload)) return payload;
  if (typeof payload !== 'string') throw protocolError('card-message');
  if (payload.trimStart().startsWith('{')) return parseObject(payload);
  return parseObject(new TextDecoder().decode(decodeBase64(payload)));
}
