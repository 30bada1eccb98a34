import { captureError } from '@anjuan/core/outbox';
import type { Quad } from '../../picture/quad.js';
import type { PageRecipe, ProcessedPage, QualityFinding } from '../../recipe/types.js';
import type {
  AssembleRequest,
  FoundBarcode,
  FrameAnalysis,
  ImportedPage,
  PipelineWorker,
} from '../../worker/protocol.js';

const WHOLE: Quad = [
  { x: 0, y: 0 },
  { x: 0, y: 0 },
  { x: 0, y: 0 },
  { x: 0, y: 0 },
];

/** A frame with one page at rest. */
export const RESTING: FrameAnalysis = {
  pages: [
    {
      quad: [
        { x: 0.22, y: 0.1 },
        { x: 0.8, y: 0.12 },
        { x: 0.82, y: 0.9 },
        { x: 0.2, y: 0.88 },
      ],
      confidence: 0.9,
    },
  ],
  motion: 0,
  sharpness: 40,
  brightness: 160,
  differenceHash: '0f0f0f0f0f0f0f0f',
};

/** An image worker without image work: each page is its master again. */
export class StubPipeline implements PipelineWorker {
  readonly assembled: AssembleRequest[] = [];
  readonly processed: PageRecipe[] = [];
  frame: FrameAnalysis = RESTING;
  /** Findings of the next page that is worked on. */
  nextFindings: readonly QualityFinding[] = [];
  /** Pages in the master of a spread. */
  quads: readonly Quad[] = [WHOLE];
  barcodes: readonly FoundBarcode[] = [];
  failNext: Error | undefined;
  /** Held: pages are worked on when this resolves. */
  free: Promise<void> = Promise.resolve();

  async backend(): Promise<'wasm' | 'script'> {
    return 'script';
  }

  async analyseFrame(frame: ImageBitmap | VideoFrame): Promise<FrameAnalysis> {
    frame.close();
    return this.frame;
  }

  async calibrateMat(frame: ImageBitmap | VideoFrame): Promise<void> {
    frame.close();
  }

  async encodeMaster(picture: ImageBitmap | VideoFrame): Promise<Blob> {
    if (!(picture instanceof ImageBitmap)) throw captureError('pipeline-failed');
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
    return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  }

  async findPages(): Promise<readonly Quad[]> {
    return this.quads;
  }

  async process(master: Blob, options: { readonly recipe: PageRecipe }): Promise<ProcessedPage> {
    await this.free;
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure) throw failure;
    const { recipe } = options;
    this.processed.push(recipe);
    const quality = this.nextFindings;
    this.nextFindings = [];
    const data = new Uint8Array(await master.arrayBuffer());
    return {
      recipe: {
        quad: recipe.quad ?? WHOLE,
        rotationDeg: recipe.rotationDeg ?? 0,
        skewDeg: recipe.skewDeg ?? 0,
        colour: recipe.colour,
        flatten: true,
        despeckle: recipe.colour === 'bilevel',
        paperMm: recipe.paperMm ?? { width: 210, height: 297 },
      },
      operations: [],
      quality,
      image: { codec: 'jpeg', data, widthPx: 600, heightPx: 848, gray: recipe.colour === 'gray' },
      widthPt: 595,
      heightPt: 842,
      dpi: 200,
      thumbnail: master,
      differenceHash: data.length.toString(16).padStart(16, '0'),
    };
  }

  async compare(
    page: { readonly sha256: string },
    earlier: readonly { readonly pageId: string; readonly sha256: string }[],
  ): Promise<readonly QualityFinding[]> {
    const same = earlier.find(({ sha256 }) => sha256 === page.sha256);
    if (!same) return [];
    const { pageId: otherPageId } = same;
    return [{ issue: 'duplicate', severity: 'warn', measured: 0, limit: 1, unit: 'bits', otherPageId }];
  }

  async assemble(request: AssembleRequest): Promise<Uint8Array> {
    this.assembled.push(request);
    return new TextEncoder().encode(`%PDF-1.7 ${request.pages.length}`);
  }

  async readBarcodes(): Promise<readonly FoundBarcode[]> {
    return this.barcodes;
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
