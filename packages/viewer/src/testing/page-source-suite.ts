import { AnjuanError, type DocumentEntry } from '@anjuan/core';
import type { PageSource, PageSourceFactory } from '../source/page-source.js';

/** The test runner's two words, so that any runner fits. */
export interface SuiteRunner {
  describe(title: string, body: () => void): void;
  it(title: string, body: () => Promise<void>): void;
}

export interface PageSourceCase {
  readonly name: string;
  readonly factory: PageSourceFactory;
  readonly document: DocumentEntry;
  readonly pageCount: number;
  /** Displayed size of page 0 in points, width by height. */
  readonly firstPagePt: readonly [number, number];
  /** A word that page 0 contains; undefined when it has no text. */
  readonly word?: string;
}

/** What every page source must do. Run it against your own with files of your own. */
export function pageSourceSuite(runner: SuiteRunner, cases: readonly PageSourceCase[]): void {
  for (const it of cases) runner.describe(`page source: ${it.name}`, () => conform(runner, it));
}

function conform(runner: SuiteRunner, testCase: PageSourceCase): void {
  const live = new AbortController().signal;
  const use = async (work: (source: PageSource) => Promise<void>): Promise<void> => {
    const source = await testCase.factory.open(testCase.document, { signal: live });
    try {
      await work(source);
    } finally {
      source.close();
    }
  };
  const [widthPt, heightPt] = testCase.firstPagePt;
  const render = (source: PageSource, pageIndex: number, scale: number, signal = live) =>
    source.render({ pageIndex, scale, lane: 'interactive', signal });

  runner.it('accepts its document', async () => {
    check(testCase.factory.accepts(testCase.document), 'accepts() is false');
  });

  runner.it('tells the pages and their sizes', () =>
    use(async (source) => {
      const pages = await source.pages({ signal: live });
      check(pages.length === testCase.pageCount, `${pages.length} pages`);
      check(new Set(pages.map(({ pageId }) => pageId)).size === pages.length, 'page ids are not unique');
      const [first] = pages;
      const upright = (first?.rotationDeg ?? 0) % 180 === 0;
      const shown = upright ? [first?.widthPt, first?.heightPt] : [first?.heightPt, first?.widthPt];
      check(near(shown[0], widthPt, 1) && near(shown[1], heightPt, 1), `page 1 is ${shown.join(' x ')} pt`);
    }),
  );

  runner.it('draws pages upright, at least as sharp as it says, with something on them', () =>
    use(async (source) => {
      const picture = await render(source, 0, 1);
      const { width, height } = picture.bitmap;
      check(picture.scale > 0 && near(width / widthPt, picture.scale, 0.02), `scale ${picture.scale}, width ${width}`);
      check(near(width / height, widthPt / heightPt, 0.02), `shape ${width} x ${height}`);
      check(colours(picture.bitmap) > 1, 'the picture is of one colour');
      picture.bitmap.close();
    }),
  );

  runner.it('draws more pixels when more are asked for, as far as it has them', () =>
    use(async (source) => {
      const small = await render(source, 0, 0.25);
      const large = await render(source, 0, 1.5);
      check(large.bitmap.width >= small.bitmap.width, 'larger scale, fewer pixels');
      small.bitmap.close();
      large.bitmap.close();
    }),
  );

  runner.it('gives text in points of the displayed page', () =>
    use(async (source) => {
      const text = await source.text({ pageIndex: 0, signal: live });
      if (testCase.word === undefined) {
        check(text.source === 'none' && text.runs.length === 0, 'text where none is');
        return;
      }
      const joined = text.runs
        .map((run) => run.text)
        .join('')
        .replace(/\s/g, '');
      check(joined.includes(testCase.word), 'the word is missing');
      for (const run of text.runs) {
        const inside = run.x > -5 && run.y > -5 && run.x + run.width < widthPt + 5 && run.y + run.height < heightPt + 5;
        check(inside && run.width > 0 && run.height > 0, `a run lies at ${run.x}, ${run.y}`);
      }
    }),
  );

  runner.it('refuses pages that are not there with page-not-found', () =>
    use(async (source) => {
      for (const pageIndex of [testCase.pageCount, -1]) {
        check((await codeOf(render(source, pageIndex, 1))) === 'page-not-found', `render(${pageIndex})`);
        check((await codeOf(source.text({ pageIndex, signal: live }))) === 'page-not-found', `text(${pageIndex})`);
      }
    }),
  );

  runner.it('stops with aborted when the signal fires, and works again afterwards', () =>
    use(async (source) => {
      check((await codeOf(render(source, 0, 1, AbortSignal.abort()))) === 'aborted', 'already aborted');
      const controller = new AbortController();
      const running = codeOf(render(source, 0, 2, controller.signal));
      controller.abort();
      check((await running) === 'aborted', 'aborted under way');
      (await render(source, 0, 0.5)).bitmap.close();
    }),
  );

  runner.it('draws pages at the same time', () =>
    use(async (source) => {
      const indexes = Array.from({ length: Math.min(3, testCase.pageCount) }, (_, index) => index);
      const pictures = await Promise.all(indexes.map((index) => render(source, index, 0.5)));
      for (const { bitmap } of pictures) {
        check(bitmap.width > 0, 'no pixels');
        bitmap.close();
      }
    }),
  );

  runner.it('ends everything under way with aborted when it is closed', async () => {
    const source = await testCase.factory.open(testCase.document, { signal: live });
    const running = codeOf(render(source, 0, 2));
    source.close();
    check((await running) === 'aborted', 'not aborted');
    source.close();
  });

  runner.it('stops opening when the signal fires', async () => {
    const controller = new AbortController();
    const opening = testCase.factory.open(testCase.document, { signal: controller.signal });
    controller.abort();
    const source = await opening.catch((error: unknown) => error);
    if (source instanceof Error) check(AnjuanError.is(source, 'aborted'), 'another error');
    else (source as PageSource).close();
  });
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

function near(a: number | undefined, b: number, tolerance: number): boolean {
  return a !== undefined && Math.abs(a - b) <= tolerance;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return AnjuanError.is(error) ? error.code : `not an AnjuanError: ${String(error)}`;
  }
}

function colours(bitmap: ImageBitmap): number {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (context === null) return 0;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const seen = new Set<number>();
  for (let at = 0; at < data.length && seen.size < 8; at += 4) {
    seen.add(((data[at] ?? 0) >> 5) * 64 + ((data[at + 1] ?? 0) >> 5) * 8 + ((data[at + 2] ?? 0) >> 5));
  }
  return seen.size;
}
