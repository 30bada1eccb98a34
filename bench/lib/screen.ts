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

const ASK_EVERY_MS = 100;
/** Decoding frames takes a core: it starts when a quick product is done. */
const QUIET_MS = 250;
/** Decoded frames kept to be judged again: 3.5 MB each. */
const MAX_SEEN = 60;

/** What the browser really put on screen, frame by frame: no event of any product is trusted. */
export class Screen {
  readonly #session: CDPSession;
  #frames: Frame[] = [];
  #last = '';
  #wake: (() => void) | undefined;

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      // The browser sends frames in which nothing has changed, too; the same picture gives the same bytes.
      if (data !== this.#last) {
        this.#frames.push({ presentedMs: (metadata.timestamp ?? 0) * 1000, jpeg: Buffer.from(data, 'base64') });
        this.#last = data;
        this.#wake?.();
      }
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
    this.#last = '';
  }

  /**
   * Time of the first frame that `accepts`. What the page says of itself (`ask`) is asked for only now and then, as
   * asking costs the page time; frames seen meanwhile are judged again by the newest answer. Rejects after `timeoutMs`.
   */
  async until<Answer>(options: {
    readonly ask: () => Promise<Answer>;
    readonly accepts: (pixels: Pixels, answer: Answer) => boolean;
    readonly timeoutMs: number;
    /** For the error. */
    readonly what: string;
  }): Promise<number> {
    const { ask, accepts } = options;
    const deadline = Date.now() + options.timeoutMs;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const seen: { readonly presentedMs: number; readonly pixels: Pixels }[] = [];
    let answer: Answer | undefined;
    let askedMs = 0;
    for (let next = 0; Date.now() < deadline;) {
      const frame = this.#frames[next] ?? (await this.#frameAt(next, Math.min(deadline, askedMs + ASK_EVERY_MS)));
      if (frame) {
        next += 1;
        const pixels = await decode(frame);
        seen.push({ presentedMs: frame.presentedMs, pixels });
        if (seen.length > MAX_SEEN) seen.shift();
        if (answer !== undefined && accepts(pixels, answer)) return frame.presentedMs;
      }
      if (seen.length === 0 || next < this.#frames.length || Date.now() - askedMs < ASK_EVERY_MS) continue;
      answer = await ask();
      askedMs = Date.now();
      const fresh = answer;
      const found = seen.find(({ pixels }) => accepts(pixels, fresh));
      if (found) return found.presentedMs;
    }
    throw new Error(`${options.what}: nothing right on screen after ${String(options.timeoutMs)} ms`);
  }

  async #frameAt(index: number, deadline: number): Promise<Frame | undefined> {
    while (this.#frames.length <= index) {
      const leftMs = Math.max(1, deadline - Date.now());
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, leftMs);
      });
      clearTimeout(timer);
      if (Date.now() >= deadline) break;
    }
    return this.#frames[index];
  }
}
