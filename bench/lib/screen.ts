import sharp from 'sharp';
import type { CDPSession } from 'playwright-core';

export interface Frame {
  /** Epoch milliseconds at which the browser presented the frame. */
  readonly presentedMs: number;
  readonly jpeg: Buffer;
}

export interface Pixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** RGB, row by row. */
  readonly data: Buffer;
}

export async function decode(frame: Frame): Promise<Pixels> {
  const { data, info } = await sharp(frame.jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, data };
}

/** What the browser really put on screen, frame by frame: no event of any product is trusted. */
export class Screen {
  readonly #session: CDPSession;
  #frames: Frame[] = [];
  #wake: (() => void) | undefined;

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      this.#frames.push({ presentedMs: (metadata.timestamp ?? 0) * 1000, jpeg: Buffer.from(data, 'base64') });
      this.#wake?.();
      // A closed page cannot acknowledge; the run is over then.
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
    });
  }

  static async watch(session: CDPSession): Promise<Screen> {
    const screen = new Screen(session);
    await session.send('Page.startScreencast', { format: 'jpeg', quality: 85, everyNthFrame: 1 });
    return screen;
  }

  async stop(): Promise<void> {
    await this.#session.send('Page.stopScreencast');
  }

  /** Forgets frames seen so far. */
  clear(): void {
    this.#frames = [];
  }

  /** Time of the first frame that `accepts`; rejects after `timeoutMs`. */
  async until(
    accepts: (pixels: Pixels) => boolean | Promise<boolean>,
    options: { readonly timeoutMs: number },
  ): Promise<number> {
    const deadline = Date.now() + options.timeoutMs;
    for (let next = 0; ; next += 1) {
      const frame = this.#frames[next] ?? (await this.#frameAt(next, deadline));
      if (frame === undefined) throw new Error(`nothing right on screen after ${String(options.timeoutMs)} ms`);
      if (await accepts(await decode(frame))) return frame.presentedMs;
    }
  }

  async #frameAt(index: number, deadline: number): Promise<Frame | undefined> {
    while (this.#frames.length <= index) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) return undefined;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, leftMs);
      });
      clearTimeout(timer);
    }
    return this.#frames[index];
  }
}
