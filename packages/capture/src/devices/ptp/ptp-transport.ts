import { AnjuanError, onAbort, untilAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { withDeadline } from '../vendor/shared/deadline.js';
import type { OpenedUsbDevice } from '../usb/open-device.js';
import { UsbPipe } from '../usb/usb-pipe.js';
import type { PtpContainer } from './ptp-container.js';
import { encodeContainer, PtpContainerReader, ptpError } from './ptp-container.js';
import { PtpContainerType } from './ptp-codes.js';

/** Answer to one operation. */
export interface PtpAnswer {
  readonly code: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Options of `PtpTransport`. */
export interface PtpTransportOptions {
  readonly clock: Clock;
  /** Milliseconds for one operation. */
  readonly timeoutMs: number;
  /** Aborted when the session is over. */
  readonly life: AbortSignal;
  /** Question and answer got out of step; nothing can be asked any more. */
  readonly onBroken: (error: AnjuanError) => void;
}

/** Containers over the pipes of a camera: operations one after another, events beside them. */
export class PtpTransport {
  readonly #pipe: UsbPipe;
  readonly #pipes: OpenedUsbDevice['functions'][number];
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #life: AbortSignal;
  readonly #onBroken: (error: AnjuanError) => void;
  readonly #reader = new PtpContainerReader();
  #transactionId = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #broken: AnjuanError | undefined;

  constructor({ device, functions }: OpenedUsbDevice, { clock, timeoutMs, life, onBroken }: PtpTransportOptions) {
    const [pipes] = functions;
    if (!pipes) throw captureError('device-not-found');
    this.#pipes = pipes;
    this.#pipe = new UsbPipe(device);
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#life = life;
    this.#onBroken = onBroken;
  }

  /** Runs one operation. An aborted one is still read to its end, so that the next finds an empty pipe. */
  async run(code: number, params: readonly number[], signal?: AbortSignal): Promise<PtpAnswer> {
    const before = this.#turn;
    const work = before.catch(() => undefined).then(() => this.#operation(code, params));
    this.#turn = work.catch(() => undefined);
    return signal ? untilAborted(work, signal) : work;
  }

  /** Sends a last operation that nobody waits for. */
  farewell(code: number): void {
    if (this.#broken) return;
    const command = { type: PtpContainerType.command, code, transactionId: this.#transactionId };
    this.#pipe.write(this.#pipes.bulkOut, encodeContainer(command, [])).catch(() => undefined);
  }

  /** Calls back for each event until the device goes away; then calls `onLost`. */
  listen(onEvent: (event: PtpContainer) => void, onLost: (error: AnjuanError) => void): void {
    const endpoint = this.#pipes.interrupt;
    if (!endpoint) return;
    const reader = new PtpContainerReader();
    const loop = async (): Promise<void> => {
      while (!this.#life.aborted) {
        reader.push(await this.#pipe.read(endpoint, endpoint.packetSize));
        for (let event = reader.next(); event; event = reader.next()) {
          if (event.type === PtpContainerType.event) onEvent(event);
        }
      }
    };
    loop().catch((error: unknown) => {
      if (!this.#life.aborted) onLost(AnjuanError.from(error));
    });
  }

  async #operation(code: number, params: readonly number[]): Promise<PtpAnswer> {
    if (this.#broken) throw this.#broken;
    // OpenSession is transaction 0; ids start again with each session. @source ISO 15740 clause 9.3.1
    const transactionId = this.#transactionId;
    this.#transactionId += 1;
    try {
      return await withDeadline(
        { clock: this.#clock, timeoutMs: this.#timeoutMs, signal: this.#life },
        async (signal) => {
          const command = { type: PtpContainerType.command, code, transactionId };
          await this.#pipe.write(this.#pipes.bulkOut, encodeContainer(command, params));
          return this.#answer(command, signal);
        },
      );
    } catch (error) {
      // Nobody knows what is left in the pipe.
      this.#broken = AnjuanError.from(error);
      if (!this.#life.aborted) this.#onBroken(this.#broken);
      throw this.#broken;
    }
  }

  async #answer({ code, transactionId }: Omit<PtpContainer, 'payload'>, signal: AbortSignal): Promise<PtpAnswer> {
    let data = new Uint8Array(0);
    let stopped = false;
    const stop = onAbort(signal, () => (stopped = true));
    try {
      for (;;) {
        const container = await this.#container(() => stopped);
        if (container.transactionId !== transactionId) throw ptpError('transaction');
        if (container.type === PtpContainerType.response) return { code: container.code, data };
        if (container.type !== PtpContainerType.data || container.code !== code || data.length > 0)
          throw ptpError('order');
        data = container.payload;
      }
    } finally {
      stop();
    }
  }

  async #container(stopped: () => boolean): Promise<PtpContainer> {
    for (;;) {
      const container = this.#reader.next();
      if (container) return container;
      if (stopped()) throw captureError('device-timeout');
      this.#reader.push(await this.#pipe.read(this.#pipes.bulkIn));
    }
  }
}
