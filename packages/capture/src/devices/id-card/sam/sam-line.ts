import { AnjuanError, delay, onAbort, abortError, systemClock, throwIfAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { SamTransport } from '../transport/sam-transport.js';
import { encodeCommand, type SamCommand } from './commands.js';
import { SamFramer, type SamFrame } from './sam-framer.js';
import { statusError } from './status-words.js';

interface Waiting {
  readonly command: SamCommand;
  readonly resolve: (data: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  /** Why no reply was accepted so far. */
  trouble?: 'checksum' | 'length' | 'unfitting';
}

/** After a damaged frame, how long a good one may still follow. */
const DAMAGE_GRACE_MS = 200;
/** After an answer that did not come, how long its late bytes are let run out. */
const QUIET_MS = 100;
const GOOD: readonly (number | undefined)[] = [0x90, 0x9f];

/** One command at a time over a transport; everything that came in is overwritten once it is used. */
export class SamLine {
  readonly #transport: SamTransport;
  readonly #clock: Clock;
  readonly #framer = new SamFramer();
  #waiting: Waiting | undefined;
  #lost: AnjuanError | undefined;
  #answerMayCome = false;

  constructor({ transport, clock = systemClock }: { readonly transport: SamTransport; readonly clock?: Clock }) {
    this.#transport = transport;
    this.#clock = clock;
  }

  /** Why the line is gone; undefined while it stands. */
  get lost(): AnjuanError | undefined {
    return this.#lost;
  }

  async open(options: { readonly baudRate?: number; readonly signal?: AbortSignal }): Promise<void> {
    this.#framer.reset();
    this.#lost = undefined;
    this.#answerMayCome = false;
    await this.#transport.open({
      ...options,
      onBytes: (bytes) => this.#take(bytes),
      onLost: (error) => {
        this.#lost ??= error;
        this.#waiting?.reject(error);
      },
    });
  }

  /**
   * Sends a command and gives the data of its good reply; the caller overwrites them. Errors: those of
   * `samStatusWords`, `device-timeout`, `device-protocol`, `device-lost`, `aborted`.
   */
  async send(command: SamCommand, signal: AbortSignal): Promise<Uint8Array> {
    throwIfAborted(signal);
    if (this.#answerMayCome) await delay(this.#clock, QUIET_MS, signal);
    if (this.#lost) throw this.#lost;
    this.#framer.reset();
    this.#answerMayCome = true;
    const reply = this.#reply(command, signal);
    // A failing write is the reason to tell; the reply that never comes is not.
    const written = this.#transport.write(encodeCommand(command));
    written.catch((error: unknown) => this.#waiting?.reject(AnjuanError.from(error)));
    return reply;
  }

  async close(): Promise<void> {
    this.#waiting?.reject(new AnjuanError('aborted'));
    await this.#transport.close();
    this.#framer.reset();
  }

  #reply(command: SamCommand, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise<Uint8Array>((resolve, reject) => {
      const end = (): void => {
        stops.forEach((stop) => stop());
        this.#waiting = undefined;
      };
      const waiting: Waiting = {
        command,
        resolve: (data) => {
          this.#answerMayCome = false;
          end();
          resolve(data);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      };
      this.#waiting = waiting;
      const stops = [
        this.#clock.after(command.timeoutMs, () => waiting.reject(this.#noReply(waiting))),
        onAbort(signal, () => this.#waiting === waiting && waiting.reject(abortError(signal))),
      ];
    });
  }

  #noReply({ command, trouble }: Waiting): Error {
    const details = { command: command.name, pendingBytes: this.#framer.pendingBytes };
    if (trouble) return captureError('device-protocol', { details: { ...details, reason: trouble } });
    return captureError('device-timeout', { details });
  }

  #take(bytes: Uint8Array): void {
    const frames = this.#framer.push(bytes);
    bytes.fill(0);
    frames.forEach((frame) => this.#answer(frame));
  }

  #answer(frame: SamFrame): void {
    const waiting = this.#waiting;
    if (!waiting) {
      if (frame.status === 'whole') frame.payload.fill(0);
      return;
    }
    if (frame.status === 'damaged') return this.#doubt(waiting, frame.reason);
    const status = frame.payload[2];
    const data = frame.payload.subarray(3);
    if (status === waiting.command.success && waiting.command.fits(data.length)) return waiting.resolve(data);
    frame.payload.fill(0);
    // A good reply that does not fit belongs to an earlier command: the right one may follow.
    if (GOOD.includes(status)) return this.#doubt(waiting, 'unfitting');
    this.#answerMayCome = false;
    waiting.reject(statusError(status ?? 0, waiting.command.name));
  }

  #doubt(waiting: Waiting, trouble: NonNullable<Waiting['trouble']>): void {
    if (waiting.trouble) return;
    waiting.trouble = trouble;
    this.#clock.after(DAMAGE_GRACE_MS, () => {
      if (this.#waiting === waiting) waiting.reject(this.#noReply(waiting));
    });
  }
}
