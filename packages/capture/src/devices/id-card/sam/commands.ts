import { encodeFrame } from './frame.js';

/** A command of the reader: what is sent, and which good reply belongs to it. */
export interface SamCommand {
  readonly name: string;
  /** CMD, PARA and data. */
  readonly payload: readonly number[];
  /** The status word that means success. */
  readonly success: 0x90 | 0x9f;
  /** True when a good reply may carry this many data bytes. */
  readonly fits: (dataBytes: number) => boolean;
  /** How long a reply may take, milliseconds. */
  readonly timeoutMs: number;
}

const exactly =
  (bytes: number) =>
  (dataBytes: number): boolean =>
    dataBytes === bytes;

const QUICK_MS = 1_000;
/** A card is read in about a second; 2,321 bytes at 9,600 baud take 2.4 s more. */
const READ_MS = 5_000;

/** Content of a card: two length words, text 256, photo 1,024. */
const CONTENT_BYTES = 4 + 256 + 1024;
/** The same with a third length word, and a fingerprint of 1,024, 512 or no bytes. */
const CONTENT_WITH_PRINT_BYTES: readonly number[] = [1024, 512, 0].map((print) => CONTENT_BYTES + 2 + print);

/**
 * All commands of the module.
 * @source GA 450-2013, commands of the serial protocol
 */
export const samCommands = {
  reset: { name: 'reset', payload: [0x10, 0xff], success: 0x90, fits: exactly(0), timeoutMs: QUICK_MS },
  status: { name: 'status', payload: [0x11, 0xff], success: 0x90, fits: exactly(0), timeoutMs: QUICK_MS },
  samId: { name: 'samId', payload: [0x12, 0xff], success: 0x90, fits: exactly(16), timeoutMs: QUICK_MS },
  find: { name: 'find', payload: [0x20, 0x01], success: 0x9f, fits: exactly(4), timeoutMs: QUICK_MS },
  select: { name: 'select', payload: [0x20, 0x02], success: 0x90, fits: exactly(8), timeoutMs: QUICK_MS },
  read: { name: 'read', payload: [0x30, 0x01], success: 0x90, fits: exactly(CONTENT_BYTES), timeoutMs: READ_MS },
  readWithPrint: {
    name: 'readWithPrint',
    payload: [0x30, 0x10],
    success: 0x90,
    fits: (bytes) => CONTENT_WITH_PRINT_BYTES.includes(bytes),
    timeoutMs: READ_MS,
  },
  readAddress: { name: 'readAddress', payload: [0x30, 0x03], success: 0x90, fits: exactly(70), timeoutMs: READ_MS },
} as const satisfies Record<string, SamCommand>;

/** Speeds of the serial line, in the order of their parameter in the command that sets them. */
export const samBaudRates = [115_200, 57_600, 38_400, 19_200, 9_600] as const;

/** The command that sets the speed of the serial line; the module uses it from the next command on. */
export function setBaudCommand(baudRate: (typeof samBaudRates)[number]): SamCommand {
  const payload = [0x60, samBaudRates.indexOf(baudRate)];
  return { name: 'setBaud', payload, success: 0x90, fits: exactly(0), timeoutMs: QUICK_MS };
}

/** The bytes that go to the reader. */
export const encodeCommand = ({ payload }: SamCommand): Uint8Array => encodeFrame(Uint8Array.from(payload));
