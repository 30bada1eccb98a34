import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import { shrinkRgba } from '../clean/downscale.js';
import { canvasCodec, pixelsOf } from '../process/canvas-codec.js';
import { wholeQuad } from '../process/find-page.js';
import { processPage } from '../process/process-page.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { differenceHash } from '../quality/difference-hash.js';
import { motion } from '../quality/motion.js';
import { sharpness } from '../quality/sharpness.js';
import { breathe } from './breathe.js';
import type {
  AssembleRequest,
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
/** Preview frames are looked at in this size. */
const FRAME_PX = 1920;
const JUDGED_PX = 640;

/** The image work itself, in the worker. */
export class PipelineService implements PipelineWorker {
  readonly #kernels: Kernels;
  readonly #assetsUrl: string;
  #before: GrayRaster | undefined;

  constructor(options: { readonly kernels: Kernels; readonly assetsUrl: string }) {
    this.#kernels = options.kernels;
    this.#assetsUrl = options.assetsUrl;
  }

  async backend(): Promise<'wasm' | 'script'> {
    return this.#kernels.kind;
  }

  async analyseFrame(frame: ImageBitmap | VideoFrame, _options: { readonly mode: DetectMode }): Promise<FrameAnalysis> {
    const kernels = this.#kernels;
    const small = shrinkRgba(kernels, takePixels(frame), FRAME_PX);
    const gray = toGray(kernels, shrinkRgba(kernels, small, JUDGED_PX));
    const before = this.#before;
    this.#before = gray;
    return {
      pages: [],
      motion: before ? motion(kernels, before, gray) : 255,
      sharpness: sharpness(kernels, gray),
      brightness: gray.data.reduce((sum, value) => sum + value, 0) / Math.max(1, gray.data.length),
      differenceHash: differenceHash(kernels, gray),
    };
  }

  async calibrateMat(frame: ImageBitmap | VideoFrame): Promise<void> {
    takePixels(frame);
  }

  async encodeMaster(picture: ImageBitmap | VideoFrame): Promise<Blob> {
    return canvasCodec.encodeJpeg(takePixels(picture), MASTER_QUALITY);
  }

  async findPages(
    master: Blob,
    _options: { readonly mode: DetectMode; readonly layout: 'single' | 'many' | 'book' },
  ): Promise<readonly Quad[]> {
    const { picture } = await canvasCodec.decode(master);
    return [wholeQuad(picture)];
  }

  process(
    master: Blob,
    options: { readonly recipe: PageRecipe; readonly mode: DetectMode; readonly dpi?: number },
  ): Promise<ProcessedPage> {
    const context = { kernels: this.#kernels, codec: canvasCodec, findPages: () => [], breathe };
    return processPage(context, master, options);
  }

  async compare(
    _page: { readonly sha256: string; readonly differenceHash: string },
    _earlier: readonly { readonly pageId: string; readonly sha256: string; readonly differenceHash: string }[],
  ): Promise<readonly QualityFinding[]> {
    return [];
  }

  async assemble(request: AssembleRequest): Promise<Uint8Array> {
    const { assemblePdf } = await import('../assemble/index.js');
    return assemblePdf(request);
  }

  async readBarcodes(picture: Blob): Promise<readonly FoundBarcode[]> {
    const { readBarcodes } = await import('../barcode/index.js');
    return readBarcodes(picture, { assetsUrl: this.#assetsUrl });
  }

  async importFile(
    file: Blob,
    _options: { readonly maxPages: number },
    onPage: (page: ImportedPage) => Promise<void>,
  ): Promise<number> {
    await onPage({ bytes: file });
    return 1;
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
