import { AnjuanError, delay, systemClock, type Clock } from '@anjuan/core';
import type { SamTransport } from '../transport/sam-transport.js';
import { samCommands, type SamCommand } from './commands.js';
import { formatSamId } from './sam-id.js';
import { SamLine } from './sam-line.js';

/** Data of a read card; the caller overwrites them. */
export interface CardReply {
  readonly layout: 'text-photo' | 'text-photo-print';
  readonly data: Uint8Array;
}

/** Settings of a session. */
export interface SamSessionOptions {
  readonly transport: SamTransport;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Milliseconds between two looks for a card. Default 250. */
  readonly pollMs?: number;
}

/** How long after a failed read a better try is waited for before the failure is told. */
const SECOND_TRY_MS = 1_000;
const MAX_FAILURES = 3;
/** Status words of a module that does not know the command: bad command, unrecognised. */
const UNKNOWN_COMMAND: readonly unknown[] = [0x21, 0x24];

/** Talks to one reader: opens the line, looks for a card, selects and reads it, waits until it has left. */
export class SamSession {
  readonly #transport: SamTransport;
  readonly #line: SamLine;
  readonly #clock: Clock;
  readonly #pollMs: number;
  #cardMustLeave = false;
  #readCommand: 'read' | 'readWithPrint' = 'read';

  constructor({ transport, clock = systemClock, pollMs = 250 }: SamSessionOptions) {
    this.#transport = transport;
    this.#line = new SamLine({ transport, clock });
    this.#clock = clock;
    this.#pollMs = pollMs;
  }

  /** Why the line is gone; undefined while it stands. */
  get lost(): AnjuanError | undefined {
    return this.#line.lost;
  }

  /** Opens the line and asks the module for its state; a serial line is tried at each speed in turn. */
  async open(signal: AbortSignal): Promise<void> {
    let failure: unknown;
    for (const baudRate of this.#transport.baudRates ?? [undefined]) {
      await this.#line.open(baudRate === undefined ? { signal } : { baudRate, signal });
      try {
        const data = await this.#twice(samCommands.status, signal);
        data.fill(0);
        return;
      } catch (error) {
        failure = error;
        await this.#line.close();
        if (!isSilence(error)) throw error;
      }
    }
    throw failure;
  }

  /** Number of the security module as printed, for example `05.03-20121107-0000546803-1467842915`. */
  async samId(signal: AbortSignal): Promise<string> {
    return formatSamId(await this.#twice(samCommands.samId, signal));
  }

  /**
   * Looks for a card until one lies there, then reads it. A card that was read must leave first. Ends only with a
   * card, a failure or an abort.
   */
  async readCard(signal: AbortSignal): Promise<CardReply> {
    let failures = 0;
    let failed: { readonly error: AnjuanError; readonly atMs: number } | undefined;
    for (;;) {
      try {
        const reply = await this.#tryCard(signal);
        if (reply) return reply;
      } catch (error) {
        failures += 1;
        if (!AnjuanError.is(error) || !mayPass(error) || failures >= MAX_FAILURES) throw error;
        failed = { error, atMs: this.#clock.now() };
      }
      if (failed && this.#clock.now() - failed.atMs >= SECOND_TRY_MS) throw failed.error;
      await delay(this.#clock, this.#pollMs, signal);
    }
  }

  /** Address written later onto the card that was just read, 70 bytes; undefined when it has none. */
  async readAppendedAddress(signal: AbortSignal): Promise<Uint8Array | undefined> {
    try {
      return await this.#line.send(samCommands.readAddress, signal);
    } catch (error) {
      if (AnjuanError.is(error, 'aborted') || signal.aborted) throw error;
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#line.close();
  }

  async #tryCard(signal: AbortSignal): Promise<CardReply | undefined> {
    if (!(await this.#find(signal))) {
      this.#cardMustLeave = false;
      return undefined;
    }
    if (this.#cardMustLeave) return undefined;
    await this.#line.send(samCommands.select, signal);
    const reply = await this.#read(signal);
    this.#cardMustLeave = true;
    return reply;
  }

  async #find(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#twice(samCommands.find, signal);
      return true;
    } catch (error) {
      if (AnjuanError.is(error, 'reader-no-card')) return false;
      throw error;
    }
  }

  async #read(signal: AbortSignal): Promise<CardReply> {
    try {
      const data = await this.#twice(samCommands[this.#readCommand], signal);
      return { layout: this.#readCommand === 'read' ? 'text-photo' : 'text-photo-print', data };
    } catch (error) {
      const unknown = AnjuanError.is(error) && UNKNOWN_COMMAND.includes(error.details.status);
      if (!unknown || this.#readCommand === 'readWithPrint') throw error;
      this.#readCommand = 'readWithPrint';
      return this.#read(signal);
    }
  }

  /** These commands may be repeated: a reply that came damaged or not at all is asked for once more. */
  async #twice(command: SamCommand, signal: AbortSignal): Promise<Uint8Array> {
    try {
      return await this.#line.send(command, signal);
    } catch (error) {
      if (!isSilence(error) || this.lost) throw error;
      return this.#line.send(command, signal);
    }
  }
}

/** No reply or a damaged one, or the module says that the command came damaged. */
function isSilence(error: unknown): boolean {
  if (AnjuanError.is(error, 'device-timeout')) return true;
  return AnjuanError.is(error, 'device-protocol') && !UNKNOWN_COMMAND.includes(error.details.status);
}

const mayPass = (error: AnjuanError): boolean =>
  error.code === 'reader-failed' || error.code === 'device-timeout' || error.code === 'device-protocol';
