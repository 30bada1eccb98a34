import { signError } from '../../../errors/sign-codes.js';
import type { InkDevice, InkEvent, InkSample, InkSession, InkSource } from '../../../ink/ink.js';

/** A signature pad whose moves a test or story gives. It does as the port says, and nothing by itself. */
export class StubInkSource implements InkSource {
  readonly device: InkDevice;
  readonly width = 10_800;
  readonly height = 6_480;
  /** Opening fails with it once. */
  openError: Error | undefined;
  /** Opening waits for it. */
  opening: Promise<void> | undefined;
  /** How often its own screen was wiped, and the device given back. */
  cleared = 0;
  closed = 0;
  opened = 0;
  #onEvent: ((event: InkEvent) => void) | undefined;

  constructor(device: InkDevice = { kind: 'tablet', model: 'STU-540', rateHz: 200 }) {
    this.device = device;
  }

  async open(options: Parameters<InkSource['open']>[0]): Promise<InkSession> {
    this.opened += 1;
    await this.opening;
    const { openError } = this;
    this.openError = undefined;
    if (openError) throw openError;
    this.#onEvent = options.onEvent;
    const { device, width, height } = this;
    return {
      device,
      width,
      height,
      clear: async () => void (this.cleared += 1),
      close: async () => {
        this.closed += 1;
        this.#onEvent = undefined;
      },
    };
  }

  /** The pad reports. */
  send(event: InkEvent): void {
    this.#onEvent?.(event);
  }

  /** A stroke of the pad, with pen up at its end unless `open`. */
  write(samples: readonly InkSample[], options: { readonly open?: boolean } = {}): void {
    this.send({ type: 'down', samples: samples.slice(0, 1) });
    this.send({ type: 'move', samples: samples.slice(1) });
    if (!options.open) this.send({ type: 'up' });
  }

  /** A refusal as the port names it. */
  static refusing(code: Parameters<typeof signError>[0]): StubInkSource {
    const source = new StubInkSource();
    source.openError = signError(code);
    return source;
  }
}
