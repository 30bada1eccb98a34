import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import { shrinkRgba } from '../clean/downscale.js';
import { canvasCodec, pixelsOf } from '../process/canvas-codec.js';
import { calibrateMat, findPages, type FindPagesOptions, type MatModel } from '../detect/index.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { comparePages, differenceHash, meanLevel, motion, sharpness, type PageMarks } from '../quality/index.js';
import { breathe } from './breathe.js';
import { FrameReader } from './frame-reader.js';
import { OneAtATime } from './one-at-a-time.js';
import type {
  AssembleRequest,
  BarcodeEffort,
  DetectMode,
  FrameAnalysis,
  FoundBarcode,
  ImportedPage,
  PipelineWorker,
} from './protocol.js';
import type { Quad } from '../picture/quad.js';
import type { PageRecipe, ProcessedPage, QualityFinding } from '../recipe/types.js';

/** JPEG of the colour master: nothing that a reader or a court could need is lost. */
const MASTER_QUALITY = 0.92;
/** Preview frames are looked at in this size; against the mat in the size that it was calibrated in. */
const FRAME_PX = { 'free-hand': 640, mat: 1920 } as const;
const JUDGED_PX = 640;

/** The image work itself, in the worker. */
export class PipelineService implements PipelineWorker {
  readonly #kernels: Kernels;
  readonly #assetsUrl: string;
  #before: GrayRaster | undefined;
  #mat: MatModel | undefined;
  readonly #frames = new FrameReader();
  readonly #large = new OneAtATime();

  constructor(options: { readonly kernels: Kernels; readonly assetsUrl: string }) {
    this.#kernels = options.kernels;
    this.#assetsUrl = options.assetsUrl;
  }

  async backend(): Promise<'wasm' | 'script'> {
    return this.#kernels.kind;
  }

  async analyseFrame(frame: ImageBitmap | VideoFrame, { mode }: { readonly mode: DetectMode }): Promise<FrameAnalysis> {
    const kernels = this.#kernels;
    const how = this.#how(mode);
    const small = this.#take(frame, FRAME_PX[how.mode]);
    const gray = toGray(kernels, shrinkRgba(kernels, small, JUDGED_PX));
    const before = this.#before;
    this.#before = gray;
    return {
      pages: findPages(kernels, small, how),
      motion: before ? motion(kernels, before, gray) : 255,
      sharpness: sharpness(kernels, gray),
      brightness: meanLevel(gray),
      differenceHash: differenceHash(kernels, gray),
    };
  }

  async calibrateMat(frame: ImageBitmap | VideoFrame): Promise<void> {
    this.#mat = calibrateMat(this.#kernels, [this.#take(frame, FRAME_PX.mat)]);
  }

  async encodeMaster(picture: ImageBitmap | VideoFrame): Promise<Blob> {
    return canvasCodec.encodeJpeg(takePixels(picture), MASTER_QUALITY);
  }

  findPages(
    master: Blob,
    { mode, layout }: { readonly mode: DetectMode; readonly layout: 'single' | 'many' | 'book' },
  ): Promise<readonly Quad[]> {
    return this.#large.run(async () => {
      const { bookPages, findQuads, scaleQuad, wholeQuad } = await import('../process/find-page.js');
      const { picture, scale } = await canvasCodec.decode(master);
      const found = findQuads(this.#kernels, picture, this.#how(mode));
      const [best = wholeQuad(picture)] = found;
      const several = layout === 'many' && found.length > 0 ? found : [best];
      const quads = layout === 'book' ? bookPages(this.#kernels, picture, found) : several;
      return quads.map((quad) => scaleQuad(quad, 1 / scale));
    });
  }

  process(
    master: Blob,
    { mode, ...options }: { readonly recipe: PageRecipe; readonly mode: DetectMode; readonly dpi?: number },
  ): Promise<ProcessedPage> {
    const tools = { kernels: this.#kernels, codec: canvasCodec, breathe };
    return this.#large.run(async () => {
      // Looking at frames needs none of it.
      const { processPage } = await import('../process/process-page.js');
      return processPage(tools, master, { ...options, find: this.#how(mode) });
    });
  }

  async compare(
    page: PageMarks,
    earlier: readonly (PageMarks & { readonly pageId: string })[],
  ): Promise<readonly QualityFinding[]> {
    return comparePages(page, earlier);
  }

  async assemble(request: AssembleRequest): Promise<Uint8Array> {
    const { assemblePdf } = await import('../assemble/index.js');
    return assemblePdf(request);
  }

  async readBarcodes(picture: Blob, options: BarcodeEffort = {}): Promise<readonly FoundBarcode[]> {
    const { readBarcodes } = await import('../barcode/index.js');
    return readBarcodes(picture, { ...options, assetsUrl: this.#assetsUrl });
  }

  async importFile(
    file: Blob,
    options: { readonly maxPages: number },
    onPage: (page: ImportedPage) => Promise<void>,
  ): Promise<number> {
    const { importFile } = await import('../devices/file/import-file.js');
    return importFile(file, options, onPage);
  }

  #take(frame: ImageBitmap | VideoFrame, longestPx: number): RgbaRaster {
    try {
      return this.#frames.read(frame, longestPx);
    } finally {
      frame.close();
    }
  }

  /** Without an empty desk to compare with, pages are looked for as anywhere. */
  #how(mode: DetectMode): FindPagesOptions {
    return mode === 'mat' && this.#mat ? { mode, mat: this.#mat } : { mode: 'free-hand' };
  }
}

/** Reads a frame and closes it. */
function takePixels(frame: ImageBitmap | VideoFrame): RgbaRaster {
  try {
    return pixelsOf(frame);
  } finally {
    frame.close();
  }
}
