import { arrayOf, integerOf, member, parseObject, protocolError } from '../shared/json.js';

/** What a packet of the service means for the page. */
export type SocketIoPacket =
  /** The transport is open; the namespace may be joined. */
  | { readonly kind: 'open'; readonly pingIntervalMs: number }
  /** The namespace is joined; events may be sent. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'event'; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'closed' }
  | { readonly kind: 'ignored' };

/** Joins the default namespace; only Engine.IO 4 asks for it. */
export const JOIN = '40';
/** Answer to a ping of Engine.IO 4, and the page's own ping in Engine.IO 3. */
export const PONG = '3';
export const PING = '2';

/** An event as a packet. */
export function eventPacket(name: string): string {
  return `42${JSON.stringify([name])}`;
}

/** Reads one packet of Engine.IO 3 or 4 with Socket.IO inside. @source Engine.IO protocol 4, Socket.IO protocol 5 */
export function readPacket(text: string): SocketIoPacket {
  switch (text[0]) {
    case '0':
      return { kind: 'open', pingIntervalMs: integerOf(member(parseObject(text.slice(1)), 'pingInterval')) ?? 25_000 };
    case '1':
      return { kind: 'closed' };
    case '2':
      return { kind: 'ping' };
    case '3':
    case '6':
      return { kind: 'ignored' };
    case '4':
      return readMessage(text);
    default:
      throw protocolError('packet');
  }
}

function readMessage(text: string): SocketIoPacket {
  switch (text[1]) {
    case '0':
      return { kind: 'joined' };
    case '1':
    case '4':
      return { kind: 'closed' };
    case '2':
      return readEvent(text);
    default:
      return { kind: 'ignored' };
  }
}

function readEvent(text: string): SocketIoPacket {
  // An acknowledgement id may stand between the type and the arguments.
  const at = text.indexOf('[');
  if (at < 2 || !/^\d*$/.test(text.slice(2, at))) throw protocolError('event');
  const [name, ...args] = arrayOf(member(parseObject(`{"event":${text.slice(at)}}`), 'event'));
  if (typeof name !== 'string') throw protocolError('event');
  return { kind: 'event', name, args };
}
