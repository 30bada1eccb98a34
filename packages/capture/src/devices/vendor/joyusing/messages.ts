import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { integerOf, isObject, member, parseObject, protocolError, type JsonObject } from '../shared/json.js';

/** The request that reads an ID card. */
export const READ_CARD = JSON.stringify({ type: 4 });

/**
 * Fields of the card in `{ErrorCode, JsonData}`; nothing when no card came in the service's own time. Codes: 0 good,
 * -1 parameter, -2 timeout, -3 not connected, -4 sending failed, -9 cancelled at the device.
 */
export function parseCardReply(text: string): JsonObject | undefined {
  const reply = parseObject(text);
  const code = integerOf(member(reply, 'ErrorCode'));
  switch (code) {
    case 0: {
      const data = member(reply, 'JsonData');
      const fields = typeof data === 'string' ? parseObject(data) : data;
      if (!isObject(fields)) throw protocolError('JsonData');
      return fields;
    }
    case -2:
      return undefined;
    case -3:
      throw captureError('device-not-found');
    case -9:
      throw new AnjuanError('aborted');
    case undefined:
      throw protocolError('ErrorCode');
    default:
      throw captureError('reader-failed', { details: { code } });
  }
}
