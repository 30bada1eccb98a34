interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly width: number;
  readonly transform: readonly number[];
}

interface ReadPage {
  readonly view: readonly number[];
  getTextContent(options: { readonly disableNormalization: boolean }): Promise<{ readonly items: readonly TextItem[] }>;
}

interface ReadDocument {
  readonly numPages: number;
  getPage(number: number): Promise<ReadPage>;
  getMetadata(): Promise<{ readonly info: Readonly<Record<string, unknown>> }>;
}

interface Engine {
  getDocument(options: Readonly<Record<string, unknown>>): {
    readonly promise: Promise<ReadDocument>;
    destroy(): Promise<void>;
  };
}

/** Lines, and where each run of text lies: left end of the baseline from the bottom left, and width, in points. */
export interface ReadPdfPage {
  readonly sizePt: readonly [number, number];
  readonly lines: readonly string[];
  readonly runs: readonly { readonly x: number; readonly y: number; readonly width: number }[];
}

/** What pdf.js finds in a file: size and lines of each page, and the information dictionary. */
export interface ReadPdf {
  readonly pages: readonly ReadPdfPage[];
  readonly info: Readonly<Record<string, unknown>>;
}

/** Reads a file with pdf.js. */
export async function readWithPdfjs(bytes: Uint8Array): Promise<ReadPdf> {
  const promises: { withResolvers?: unknown } = Promise as { withResolvers?: unknown };
  // pdf.js wants it; Node has it from version 22 on.
  promises.withResolvers ??= () => {
    let settle: object = {};
    const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
    return { promise, ...settle };
  };
  const name = 'pdfjs-dist/legacy/build/pdf.mjs';
  const { getDocument } = (await import(name)) as Engine;
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  const document = await task.promise;
  const pages = [];
  for (let number = 1; number <= document.numPages; number += 1) pages.push(await readPage(document, number));
  const { info } = await document.getMetadata();
  await task.destroy();
  return { pages, info };
}

async function readPage(document: ReadDocument, number: number): Promise<ReadPdfPage> {
  const page = await document.getPage(number);
  const [, , width = 0, height = 0] = page.view;
  const { items } = await page.getTextContent({ disableNormalization: true });
  const text = items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join('');
  const runs = items
    .filter(({ str }) => str !== '')
    .map(({ transform, width: runWidth }) => ({ x: transform[4] ?? 0, y: transform[5] ?? 0, width: runWidth }));
  return { runs, sizePt: [width, height], lines: text === '' ? [] : text.split('\n') };
}
