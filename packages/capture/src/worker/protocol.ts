import type { BarcodeFormat } from '../barcode/read-barcodes.js';
import type { Quad } from '../picture/quad.js';
import type { PageImage, PageRecipe, ProcessedPage, QualityFinding } from '../recipe/types.js';

/** A page found in a preview frame; corners as shares of the frame, 0 to 1, so that any view size fits. */
export interface FoundPage {
  readonly quad: Quad;
  /** 0 to 1; below 0.5 it is shown but not captured automatically. */
  readonly confidence: number;
}

/** What the live view needs to know of one frame. */
export interface FrameAnalysis {
  readonly pages: readonly FoundPage[];
  /** Mean change against the frame before, 0 to 255; a hand or a turning page makes it large. */
  readonly motion: number;
  /** Sharpness score; higher is sharper. */
  readonly sharpness: number;
  /** Mean brightness 0 to 255. */
  readonly brightness: number;
  /** 64-bit difference hash as 16 hex digits. */
  readonly differenceHash: string;
}

/** How pages are looked for. `mat`: against the calibrated empty desk (空台标定), several papers, white on white. */
export type DetectMode = 'free-hand' | 'mat';

/** A line of recognised text for the invisible layer; places in points from the top left of the page. */
export interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One page of a document to assemble. */
export interface AssemblePage {
  readonly image: PageImage;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly lines?: readonly TextLine[];
}

/** A document to assemble as PDF/A-2b. */
export interface AssembleRequest {
  readonly title: string;
  /** Language of the text, BCP 47. Default `zh-CN`. */
  readonly language?: string;
  /** ISO 8601; also makes the file reproducible. */
  readonly createdOn: string;
  /** UUID; becomes the file identifier. */
  readonly documentId: string;
  readonly pages: readonly AssemblePage[];
}

/** A barcode or QR code found in a picture. Its text may be patient data. */
export interface FoundBarcode {
  readonly format: string;
  readonly text: string;
  readonly quad: Quad;
}

/** How thoroughly codes are looked for; as the options of `readBarcodes` in `barcode`. */
export interface BarcodeEffort {
  readonly formats?: readonly BarcodeFormat[];
  readonly effort?: 'thorough' | 'fast';
}

/** Pages of an imported file: each as a picture of its own. */
export interface ImportedPage {
  readonly bytes: Blob;
  readonly dpi?: number;
}

/**
 * What the worker does; bitmaps and buffers are transferred. Errors cross as `AnjuanError`: `image-malformed`,
 * `image-too-large`, `pipeline-failed`, `tiff-malformed`, `pdf-malformed`, `pdf-encrypted`, `too-many-pages`.
 */
export interface PipelineWorker {
  /** `wasm`, or `script` where the page's policy forbids WebAssembly; results are equal. */
  backend(): Promise<'wasm' | 'script'>;
  /** One preview frame, closed afterwards. Full-HD or smaller. */
  analyseFrame(frame: ImageBitmap | VideoFrame, options: { readonly mode: DetectMode }): Promise<FrameAnalysis>;
  /** Remembers the empty desk. */
  calibrateMat(frame: ImageBitmap | VideoFrame): Promise<void>;
  /** The colour master: JPEG of the whole picture, quality 0.92; the bitmap is closed. */
  encodeMaster(picture: ImageBitmap | VideoFrame): Promise<Blob>;
  /** All papers in one master, for several pages in one shot; one page of the book mode each half. */
  findPages(
    master: Blob,
    options: { readonly mode: DetectMode; readonly layout: 'single' | 'many' | 'book' },
  ): Promise<readonly Quad[]>;
  process(
    master: Blob,
    options: { readonly recipe: PageRecipe; readonly mode: DetectMode; readonly dpi?: number },
  ): Promise<ProcessedPage>;
  /** Duplicates and near-duplicates of a page among earlier ones. */
  compare(
    page: { readonly sha256: string; readonly differenceHash: string },
    earlier: readonly { readonly pageId: string; readonly sha256: string; readonly differenceHash: string }[],
  ): Promise<readonly QualityFinding[]>;
  /** PDF/A-2b bytes. */
  assemble(request: AssembleRequest): Promise<Uint8Array>;
  /** Barcodes of a picture. Default: every symbology of hospital paper, thoroughly; QR codes `fast` take a fifth. */
  readBarcodes(picture: Blob, options?: BarcodeEffort): Promise<readonly FoundBarcode[]>;
  /** Pages of a JPEG, PNG, TIFF or PDF file, in order, as they are read. */
  importFile(
    file: Blob,
    options: { readonly maxPages: number },
    onPage: (page: ImportedPage) => Promise<void>,
  ): Promise<number>;
}
