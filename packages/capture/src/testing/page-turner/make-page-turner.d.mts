/** Options of `makePageTurner`. Frames are 1920 x 1440. */
export interface PageTurnerOptions {
  /** Where the MJPEG goes; `.json` with the truth beside it. */
  readonly file: string;
  /** Default 6. */
  readonly pages?: number;
  /** Default 2; a third of it moves. */
  readonly secondsPerPage?: number;
  /** Default 1. The same seed gives the same file. */
  readonly seed?: number;
  /** Each drawn frame is written so many times, as Chromium plays 30 a second. Default 3: ten pictures a second. */
  readonly repeat?: number;
  /** Empty desk before the first and after the last page. Default 1000 and 4000 ms. */
  readonly deskBeforeMs?: number;
  readonly deskAfterMs?: number;
  /** JPEG quality. Default 70. */
  readonly quality?: number;
}

/** When one page lies still, from the start of the file, and where. */
export interface TurnedPage {
  readonly pageNumber: number;
  readonly fromMs: number;
  readonly steadyFromMs: number;
  readonly steadyUntilMs: number;
  /** Corners in pixels: top left, top right, bottom right, bottom left of the page. */
  readonly quad: readonly { readonly x: number; readonly y: number }[];
}

/** What happens in the file. */
export interface PageTurnerTruth {
  readonly file: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Different pictures a second. */
  readonly fps: number;
  /** Frames a second as Chromium plays them. */
  readonly playedFps: number;
  readonly durationMs: number;
  readonly pages: readonly TurnedPage[];
}

/** Makes the file; gives what happens in it and when. */
export function makePageTurner(options: PageTurnerOptions): Promise<PageTurnerTruth>;
