import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFContext,
  type PDFObject,
} from 'pdf-lib';

/** A rule of PDF/A-2b: true when the file keeps it. */
export interface PdfaRule {
  /** Clause of ISO 19005-2:2011. */
  readonly clause: string;
  readonly says: string;
  readonly holds: (file: PdfaFile) => boolean;
}

/** A file taken apart: its bytes as text, and its objects. */
export class PdfaFile {
  /** One character a byte. */
  readonly text: string;
  /** The text without what stands in streams. */
  readonly skeleton: string;
  readonly context: PDFContext;

  private constructor(bytes: Uint8Array, context: PDFContext) {
    this.text = latin1(bytes);
    this.skeleton = this.text.replace(/stream\r?\n[\s\S]*?endstream/g, 'stream\nendstream');
    this.context = context;
  }

  static async open(bytes: Uint8Array): Promise<PdfaFile> {
    const { context } = await PDFDocument.load(bytes, { updateMetadata: false, ignoreEncryption: true });
    return new PdfaFile(bytes, context);
  }

  get catalog(): PDFDict {
    return this.context.lookup(this.context.trailerInfo.Root, PDFDict);
  }

  get info(): PDFDict | undefined {
    return this.context.lookupMaybe(this.context.trailerInfo.Info, PDFDict);
  }

  get pages(): readonly PDFDict[] {
    return this.dicts.filter((dict) => nameOf(dict, 'Type') === 'Page');
  }

  /** Every dictionary, those of streams and those inside others too. */
  get dicts(): readonly PDFDict[] {
    const found: PDFDict[] = [];
    for (const object of [...this.objects, this.context.trailerInfo.Info]) collect(object, found);
    return found;
  }

  get objects(): readonly PDFObject[] {
    return this.context.enumerateIndirectObjects().map(([, object]) => object);
  }

  get streams(): readonly PDFRawStream[] {
    return this.objects.filter((object): object is PDFRawStream => object instanceof PDFRawStream);
  }

  get images(): readonly PDFDict[] {
    return this.streams.map(({ dict }) => dict).filter((dict) => nameOf(dict, 'Subtype') === 'Image');
  }

  get intents(): readonly PDFDict[] {
    return this.listOf(this.catalog, 'OutputIntents');
  }

  /** The profile of the first output intent. */
  get profile(): Uint8Array | undefined {
    return this.bytesOf(this.intents[0]?.get(PDFName.of('DestOutputProfile')));
  }

  get xmp(): Uint8Array {
    return this.bytesOf(this.catalog.get(PDFName.of('Metadata'))) ?? new Uint8Array();
  }

  /** Operators and operands of each page, without the contents of strings. */
  get operators(): readonly (readonly string[])[] {
    return this.pages.map((page) => {
      const content = latin1(this.bytesOf(page.get(PDFName.of('Contents'))) ?? new Uint8Array());
      return content
        .replace(/<[^>]*>/g, '<>')
        .trim()
        .split(/\s+/);
    });
  }

  /** Text of hex strings shown on pages. */
  get shownCodes(): readonly number[] {
    return this.pages
      .flatMap((page) => {
        const content = latin1(this.bytesOf(page.get(PDFName.of('Contents'))) ?? new Uint8Array());
        return Array.from(content.matchAll(/<([0-9a-f]*)>\s*Tj/gi), ([, hex = '']) => hex.match(/.{4}/g) ?? []).flat();
      })
      .map((digits) => Number.parseInt(digits, 16));
  }

  /** Decoded contents of a stream. */
  bytesOf(object: PDFObject | undefined): Uint8Array | undefined {
    const stream = this.look(object);
    return stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : undefined;
  }

  look(object: PDFObject | undefined): PDFObject | undefined {
    return object instanceof PDFRef ? this.context.lookup(object) : object;
  }

  /** A dictionary's or stream's dictionary below a key. */
  dictAt(dict: PDFDict | undefined, key: string): PDFDict | undefined {
    const value = this.look(dict?.get(PDFName.of(key)));
    return value instanceof PDFRawStream ? value.dict : value instanceof PDFDict ? value : undefined;
  }

  listOf(dict: PDFDict, key: string): readonly PDFDict[] {
    const list = this.look(dict.get(PDFName.of(key)));
    if (!(list instanceof PDFArray)) return [];
    return list.asArray().flatMap((item) => {
      const value = this.look(item);
      return value instanceof PDFDict ? [value] : [];
    });
  }

  /** True when any dictionary has one of the keys. */
  anyHas(...keys: readonly string[]): boolean {
    return this.dicts.some((dict) => keys.some((key) => dict.has(PDFName.of(key))));
  }
}

export function nameOf(dict: PDFDict | undefined, key: string): string | undefined {
  const value = dict?.get(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
}

export function numberOf(dict: PDFDict | undefined, key: string): number | undefined {
  const value = dict?.get(PDFName.of(key));
  return value instanceof PDFNumber ? value.asNumber() : undefined;
}

export function textOf(dict: PDFDict | undefined, key: string): string | undefined {
  const value = dict?.get(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function collect(object: PDFObject | undefined, found: PDFDict[]): void {
  if (object instanceof PDFRawStream) return collect(object.dict, found);
  if (object instanceof PDFArray) for (const item of object.asArray()) collect(item, found);
  if (!(object instanceof PDFDict)) return;
  found.push(object);
  for (const value of object.values()) collect(value, found);
}
