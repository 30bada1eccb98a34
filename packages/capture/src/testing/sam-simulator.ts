import { encodeFrame } from '../devices/id-card/sam/frame.js';
import { SamFramer } from '../devices/id-card/sam/sam-framer.js';
import { seededRandom } from './sam-random.js';
import type { SamTestCard } from './sam-people.js';

/** What goes wrong with the next reply to a command, once. */
export type SamFault =
  | { readonly kind: 'flip-checksum' | 'noise' | 'glue' | 'silence' }
  /** Leaves the last bytes away. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Answers with this third status byte instead. */
  | { readonly kind: 'status'; readonly status: number };

/** Commands by CMD and PARA. */
export type SamCommandName = keyof typeof COMMANDS;

const COMMANDS = {
  reset: 0x10ff,
  status: 0x11ff,
  samId: 0x12ff,
  find: 0x2001,
  select: 0x2002,
  read: 0x3001,
  readWithPrint: 0x3010,
  readAddress: 0x3003,
  setBaud: 0x6000,
} as const;

/** Settings of the simulated module. */
export interface SamSimulatorOptions {
  /** Sizes of the pieces. Default 1. */
  readonly seed?: number;
  /** `random`: replies leave in pieces of 1 to 64 bytes; `none`: each in one piece. Default `random`. */
  readonly cut?: 'random' | 'none';
  /** How many looks for a card answer 80 before a card that lies there is found. Default 3. */
  readonly misses?: number;
  /** Bytes of fingerprint that a read with fingerprint brings. Default 1,024. */
  readonly printBytes?: 1024 | 512 | 0;
  /** What a look for a card answers while the card that was read still lies there: 80 as real modules, or 9F. Default `none`. */
  readonly afterRead?: 'none' | 'found';
  /** Commands that this module does not know; it answers 24. */
  readonly unknown?: readonly SamCommandName[];
}

/**
 * A reader module with real bytes: commands come in by `receive`, replies go out by `onSend` in random pieces. Like a
 * real one it finds a card only once; then the card must leave.
 */
export class SamSimulator {
  /** Receives the reply in pieces. */
  onSend: (bytes: Uint8Array) => void = () => undefined;
  /** Names of the commands in the order they came. */
  readonly commands: SamCommandName[] = [];
  readonly #options: Required<SamSimulatorOptions>;
  readonly #random: () => number;
  readonly #framer = new SamFramer({ minLength: 3 });
  readonly #faults = new Map<SamCommandName, SamFault[]>();
  #card: SamTestCard | undefined;
  #stage: 'away' | 'lying' | 'found' | 'selected' | 'read' = 'away';
  #looks = 0;
  #silent = false;

  constructor(options: SamSimulatorOptions = {}) {
    this.#options = { seed: 1, cut: 'random', misses: 3, printBytes: 1024, afterRead: 'none', unknown: [], ...options };
    this.#random = seededRandom(this.#options.seed);
  }

  placeCard(card: SamTestCard): void {
    this.#card = card;
    this.#stage = 'lying';
    this.#looks = 0;
  }

  /** Faults of selecting and reading leave with the card. */
  removeCard(): void {
    this.#card = undefined;
    this.#stage = 'away';
    for (const name of ['select', 'read', 'readWithPrint', 'readAddress'] as const) this.#faults.delete(name);
  }

  /** From now on commands are taken and nothing is answered. */
  silence(): void {
    this.#silent = true;
  }

  /** Spoils the next replies to a command, one each. */
  spoil(command: SamCommandName, ...faults: readonly SamFault[]): void {
    this.#faults.set(command, [...(this.#faults.get(command) ?? []), ...faults]);
  }

  /** Forgets half a command, as after a reset of the line. */
  abandon(): void {
    this.#framer.reset();
  }

  /** Bytes from the host, cut anywhere. */
  receive(bytes: Uint8Array): void {
    for (const frame of this.#framer.push(bytes)) {
      if (frame.status === 'damaged') this.#send(reply(frame.reason === 'checksum' ? 0x10 : 0x11));
      else this.#answer(frame.payload);
    }
  }

  #answer(payload: Uint8Array): void {
    const word = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
    const name = (Object.keys(COMMANDS) as SamCommandName[]).find((key) =>
      key === 'setBaud' ? payload[0] === 0x60 : COMMANDS[key] === word,
    );
    if (name) this.commands.push(name);
    if (this.#silent) return;
    if (!name || this.#options.unknown.includes(name)) return this.#send(reply(0x24));
    const fault = this.#faults.get(name)?.shift();
    this.#send(spoiled(fault?.kind === 'status' ? reply(fault.status) : this.#reply(name), fault));
  }

  #reply(name: SamCommandName): Uint8Array {
    switch (name) {
      case 'samId':
        // 05.03-20121107-0000546803-1467842915
        return reply(0x90, hex('0500 0300 13063301 f3570800 63817d57'));
      case 'find':
        return this.#find();
      case 'select':
        if (this.#stage !== 'found') return reply(0x81);
        this.#stage = 'selected';
        return reply(0x90, new Uint8Array(8));
      case 'read':
      case 'readWithPrint':
        return this.#read(name);
      case 'readAddress':
        if (this.#stage !== 'read' || !this.#card) return reply(0x41);
        return this.#card.appendedAddress ? reply(0x90, this.#card.appendedAddress) : reply(0x91);
      default:
        return reply(0x90);
    }
  }

  #find(): Uint8Array {
    if (this.#stage === 'away') return reply(0x80);
    if (this.#stage === 'read' && this.#options.afterRead === 'none') return reply(0x80);
    this.#looks += 1;
    if (this.#looks <= this.#options.misses) return reply(0x80);
    this.#stage = 'found';
    return reply(0x9f, new Uint8Array(4));
  }

  #read(name: 'read' | 'readWithPrint'): Uint8Array {
    if (!this.#card || (this.#stage !== 'selected' && this.#stage !== 'read')) return reply(0x41);
    this.#stage = 'read';
    const photo = Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) & 0xff);
    if (name === 'read') return reply(0x90, [0x01, 0x00, 0x04, 0x00], this.#card.text, photo);
    const print = this.#options.printBytes;
    const lengths = [0x01, 0x00, 0x04, 0x00, print >> 8, print & 0xff];
    return reply(0x90, lengths, this.#card.text, photo, new Uint8Array(print).fill(0x43));
  }

  /** Each piece leaves in a turn of its own, as reports and packets do. */
  #send(bytes: Uint8Array): void {
    let sent = Promise.resolve();
    for (let start = 0; start < bytes.length;) {
      const size = this.#options.cut === 'none' ? bytes.length : 1 + Math.floor(this.#random() * 64);
      const end = Math.min(bytes.length, start + size);
      const piece = bytes.slice(start, end);
      sent = sent.then(() => this.onSend(piece));
      start = end;
    }
  }
}

function reply(status: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return encodeFrame(Uint8Array.from([0, 0, status, ...parts.flatMap((part) => [...part])]));
}

function spoiled(frame: Uint8Array, fault: SamFault | undefined): Uint8Array {
  switch (fault?.kind) {
    case 'flip-checksum':
      return frame.map((byte, index) => (index === frame.length - 1 ? byte ^ 0x5a : byte));
    case 'truncate':
      return frame.slice(0, frame.length - fault.bytes);
    case 'glue':
      return Uint8Array.from([...frame, ...frame]);
    case 'noise':
      return Uint8Array.from([0xaa, 0xaa, ...frame]);
    case 'silence':
      return new Uint8Array(0);
    default:
      return frame;
  }
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.replaceAll(' ', '').match(/../g) ?? [], (byte) => parseInt(byte, 16));
}
