import { MAX_MESSAGE_CHARS, protocolError } from '../shared/json.js';
import type { ServiceMessage } from '../shared/service-client.js';

/** What the service sends by itself: a frame of the live view, or what came of a command. */
export type TextPush =
  | { readonly kind: 'frame'; readonly base64: string }
  | { readonly kind: 'result'; readonly command: string; readonly result: string };

/** The command that takes a picture and sends it back; its answers are the only ones that are waited for. */
export const CAPTURE_COMMAND = 'bSaveJPGEx';

/**
 * Reads a message: `BeginNAMEvalueEndNAME` is the result of a command, where NAME is the command or, for pictures in older
 * versions, `Base64`; anything else is a frame in bare base64.
 */
export function readTextMessage(text: string): ServiceMessage<string, TextPush> {
  if (text.length > MAX_MESSAGE_CHARS) throw protocolError('message-too-large');
  if (text === '') return { kind: 'ignored' };
  if (!text.startsWith('Begin')) return { kind: 'push', push: { kind: 'frame', base64: text } };
  const name = trailerName(text);
  if (name === undefined) throw protocolError('command-result');
  const result = text.slice('Begin'.length + name.length, text.length - 'End'.length - name.length);
  if (name === CAPTURE_COMMAND || name === 'Base64') return { kind: 'reply', key: CAPTURE_COMMAND, reply: result };
  return { kind: 'push', push: { kind: 'result', command: name, result } };
}

/** The NAME of a result: what stands after the last `End`, when the message also begins with it. */
function trailerName(text: string): string | undefined {
  const tail = text.slice(-64);
  const at = tail.lastIndexOf('End');
  const name = at < 0 ? '' : tail.slice(at + 'End'.length);
  const fits = /^[A-Za-z][A-Za-z0-9]{0,39}$/.test(name) && text.startsWith(name, 'Begin'.length);
  return fits && text.length >= 8 + 2 * name.length ? name : undefined;
}

/** Results of a command that mean no. */
export function isRefusal(result: string): boolean {
  return /^(false|0|-\d+)$/i.test(result.trim());
}
