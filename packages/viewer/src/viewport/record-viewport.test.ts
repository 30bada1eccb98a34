import { AnjuanError } from '@anjuan/core';
import { expect } from 'chai';
import { pageColour, stubClient, stubDocument, stubPage, type StubFiles } from '../testing/stub-record.js';
import {
  close,
  frame,
  mountViewport,
  pageElement,
  pixel,
  sharp,
  until,
  type Harness,
} from '../testing/viewport-harness.js';

describe('RecordViewport over renditions', () => {
  let harness: Harness;
  afterEach(() => harness.remove());

  function open(options: Partial<Parameters<typeof mountViewport>[0]> & { files?: StubFiles } = {}): Harness {
    const { files, ...rest } = options;
    const documents = Array.from({ length: 100 }, (_, index) => stubDocument(`d${index}`, { pages: 10 }));
    harness = mountViewport({ client: stubClient(files), documents, ...rest });
    return harness;
  }

  it('paints the first page and says so', async () => {
    open();
    const page = await sharp(harness, 0);
    expect(close(pixel(page, 0.5, 0.2), pageColour('d0', 0))).equal(true);
    await until('told', () => harness.shown.some((shown) => shown.pageIndex === 0 && shown.renderMs >= 0));
    expect(harness.positions[0]).deep.equal({ documentIndex: 0, pageIndex: 0, pageInDocument: 0 });
    expect(page.querySelector('canvas')?.getAttribute('aria-label')).equal('page 1 of 1000');
  });

  it('jumps to any page and paints the right picture', async () => {
    open();
    for (const index of [999, 0, 512, 37, 704]) {
      harness.viewport.goToPage(index);
      const page = await sharp(harness, index);
      expect(close(pixel(page, 0.5, 0.2), pageColour(`d${Math.floor(index / 10)}`, index % 10)), `page ${index}`).equal(
        true,
      );
      expect(harness.viewport.position.pageIndex).equal(index);
      expect(harness.viewport.position.documentIndex).equal(Math.floor(index / 10));
    }
  });

  it('keeps the number of elements flat over 1,000 pages', async () => {
    open({ height: 900 });
    let most = 0;
    const height = harness.container.scrollHeight;
    for (let step = 0; step <= 60; step += 1) {
      harness.container.scrollTop = (height * step) / 60;
      await frame();
      await frame();
      most = Math.max(most, harness.root.querySelectorAll('*').length);
    }
    expect(most).lessThan(120);
    await until('pictures at the end', () => pageElement(harness, 999)?.dataset['state'] === 'sharp');
  });

  it('keeps the point under the pointer while zooming', async () => {
    open();
    harness.viewport.goToPage(503);
    const page = await sharp(harness, 503);
    const box = harness.container.getBoundingClientRect();
    const at = { x: 300, y: 320 };
    const fraction = (): { x: number; y: number } => {
      const rect = (pageElement(harness, 503) ?? page).getBoundingClientRect();
      return { x: (box.left + at.x - rect.left) / rect.width, y: (box.top + at.y - rect.top) / rect.height };
    };
    const before = fraction();
    for (let notch = 0; notch < 6; notch += 1) {
      harness.container.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: -100,
          ctrlKey: true,
          clientX: box.left + at.x,
          clientY: box.top + at.y,
          cancelable: true,
          bubbles: true,
        }),
      );
      await frame();
    }
    expect(harness.viewport.factor).greaterThan(2);
    expect(fraction().x).closeTo(before.x, 0.004);
    expect(fraction().y).closeTo(before.y, 0.004);
    harness.viewport.setZoom('fit-width', { at });
    expect(fraction().y).closeTo(before.y, 0.01);
    expect(harness.zooms.at(-1)?.zoom).equal('fit-width');
  });

  it('shows what it has while zooming and becomes crisp afterwards', async () => {
    open();
    await sharp(harness, 0);
    const before = pageElement(harness, 0)?.querySelector('canvas')?.width ?? 0;
    harness.viewport.setZoom(2, { at: { x: 0, y: 40 } });
    const page = pageElement(harness, 0);
    expect(page?.dataset['state']).equal('sharp');
    expect(page?.querySelector('canvas')?.width).equal(before);
    await until('crisp', () => (pageElement(harness, 0)?.querySelector('canvas')?.width ?? 0) > before);
  });

  it('replaces a blurred picture by a sharp one without a blank frame', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    open({ zoom: 1.5, width: 1400, files: { before: ({ widthPx = 0 }) => (widthPx > 160 ? gate : undefined) } });
    const page = await until('blurred', () => {
      const element = pageElement(harness, 0);
      return element?.dataset['state'] === 'blurred' && element;
    });
    const seen: string[] = [];
    release();
    while (page.dataset['state'] !== 'sharp') {
      const colour = pixel(page, 0.5, 0.2);
      if (!close(colour, pageColour('d0', 0), 20)) seen.push(colour.join());
      await frame();
    }
    expect(seen).deep.equal([]);
    expect(close(pixel(page, 0.5, 0.2), pageColour('d0', 0))).equal(true);
  });

  it('aborts what left the view and loads nothing large during a fling', async () => {
    const client = stubClient({
      before: (_, signal) =>
        new Promise((_done, fail) => signal?.addEventListener('abort', () => fail(new AnjuanError('aborted')))),
    });
    open({ client });
    await until('asked', () => client.calls.some(({ pageIndex }) => pageIndex === 0));
    harness.viewport.goToPage(600);
    await until('aborted', () =>
      client.aborted.some(({ documentId, pageIndex }) => documentId === 'd0' && pageIndex === 0),
    );
    await until('asked for the new page', () => client.calls.some(({ documentId }) => documentId === 'd60'));
    const before = client.calls.length;
    for (let step = 1; step <= 12; step += 1) {
      harness.container.scrollTop += 2500;
      await frame();
    }
    const large = client.calls.slice(before).filter(({ kind, widthPx = 0 }) => kind === 'image' && widthPx > 160);
    // The first event of a movement does not tell its speed yet.
    expect(large.length).lessThan(8);
  });

  it('turns pages and tells it', async () => {
    open();
    await sharp(harness, 0);
    harness.viewport.rotate(1, { page: { documentId: 'd0', pageInDocument: 0 } });
    const page = await until('turned', () => {
      const element = pageElement(harness, 0);
      return element && element.offsetWidth > element.offsetHeight && element;
    });
    await until('painted', () => close(pixel(page, 0.9, 0.5), pageColour('d0', 0)));
    expect(close(pixel(page, 0.1, 0.5), [255, 255, 255])).equal(true);
    expect(harness.rotations.at(-1)?.rotations).deep.equal([{ documentId: 'd0', pageInDocument: 0, rotationDeg: 90 }]);
    harness.viewport.rotate(-1);
    expect(harness.rotations.at(-1)?.rotations.length).equal(999);
  });

  it('shows a page error in place and tries again on demand', async () => {
    let fails = true;
    open({
      documents: [stubDocument('a', { pages: 3, mime: 'application/dicom' })],
      files: {
        before: ({ pageIndex }) => {
          if (fails && pageIndex === 1) throw new AnjuanError('server-fault');
        },
      },
    });
    await sharp(harness, 0);
    harness.viewport.goToPage(1);
    const button = await until('error', () => pageElement(harness, 1)?.querySelector('button'));
    expect(button.textContent).equal('server-fault');
    expect(harness.failed.map(({ pageIndex, error }) => [pageIndex, error.code])).deep.equal([[1, 'server-fault']]);
    fails = false;
    button.click();
    await sharp(harness, 1);
    expect(pageElement(harness, 1)?.querySelector('button')).equal(null);
  });

  it('selects and copies text across lines, also on turned pages', async () => {
    const runs = [
      { text: '姓名：', x: 60, y: 80, width: 60, height: 20 },
      { text: '林一', x: 140, y: 80, width: 40, height: 20 },
      { text: '血红蛋白 128 g/L', x: 60, y: 120, width: 200, height: 20 },
    ];
    open({ files: { text: (_, pageIndex) => ({ pageIndex, text: '', runs, source: 'pdf' as const }) } });
    await sharp(harness, 0);
    const spans = await until('text', () => {
      const found = pageElement(harness, 0)?.querySelectorAll<HTMLElement>('.page-text > span');
      return found && found.length === 3 && found;
    });
    const scale = (pageElement(harness, 0)?.offsetWidth ?? 0) / 595;
    const pageBox = pageElement(harness, 0)?.getBoundingClientRect();
    const box = spans[2]?.getBoundingClientRect();
    expect((box?.left ?? 0) - (pageBox?.left ?? 0)).closeTo(60 * scale, 1.5);
    expect((box?.top ?? 0) - (pageBox?.top ?? 0)).closeTo(120 * scale, 2);
    expect(box?.width).closeTo(200 * scale, 2);
    const [first, , last] = spans;
    document.getSelection()?.setBaseAndExtent(first?.firstChild ?? document, 0, last?.firstChild ?? document, 4);
    expect(harness.viewport.selectedText()).equal('姓名： 林一\n血红蛋白');
    const clipboardData = new DataTransfer();
    first?.dispatchEvent(
      new ClipboardEvent('copy', { clipboardData, bubbles: true, composed: true, cancelable: true }),
    );
    expect(clipboardData.getData('text/plain')).equal('姓名： 林一\n血红蛋白');
    document.getSelection()?.removeAllRanges();
    harness.viewport.rotate(1, { page: { documentId: 'd0', pageInDocument: 0 } });
    const turned = pageElement(harness, 0)?.getBoundingClientRect();
    const span = pageElement(harness, 0)?.querySelectorAll('.page-text > span')[2]?.getBoundingClientRect();
    const turnedScale = (turned?.height ?? 0) / 595;
    // Turned clockwise, what was 120 pt below the top is 120 pt left of the right edge.
    expect((turned?.right ?? 0) - (span?.right ?? 0)).closeTo(120 * turnedScale, 2);
    expect((span?.top ?? 0) - (turned?.top ?? 0)).closeTo(60 * turnedScale, 2);
    expect(span?.height).closeTo(200 * turnedScale, 2);
  });

  it('lays out 10,000 pages and absurd page sizes', async () => {
    const odd = [
      stubPage('x1', { widthPt: 0, heightPt: NaN }),
      stubPage('x2', { widthPt: 1e9, heightPt: 1e9 }),
      stubPage('x3', { widthPt: -5, heightPt: 3 }),
    ];
    const documents = [stubDocument('odd', { pages: odd }), stubDocument('long', { pages: 10_000 })];
    open({ documents, zoom: 8 });
    await frame();
    expect(harness.container.scrollHeight).lessThan(33_000_000);
    expect(harness.viewport.factor).lessThan(8);
    harness.viewport.goToPage(10_002);
    await sharp(harness, 10_002);
    expect(harness.viewport.position).deep.equal({ documentIndex: 1, pageIndex: 10_002, pageInDocument: 9_999 });
    harness.viewport.setZoom('fit-page');
    harness.viewport.goToPage(1);
    await sharp(harness, 1);
  });

  it('shows documents without pages as boxes', async () => {
    const header = stubDocument('b');
    open({
      documents: [
        { ...header, state: 'broken', code: 'pdf-malformed', pages: [] },
        { ...stubDocument('l'), state: 'locked', reason: 'label', pages: [] },
        stubDocument('c', { pages: 2 }),
      ],
    });
    await sharp(harness, 0);
    const boxes = [...harness.root.querySelectorAll('.document-placeholder')].map((box) => box.textContent);
    expect(boxes).deep.equal(['broken', 'locked']);
    expect(harness.viewport.position).deep.equal({ documentIndex: 0, pageIndex: undefined, pageInDocument: undefined });
    harness.viewport.scrollStep('page', 1);
    expect(harness.viewport.position.pageIndex).equal(0);
  });

  it('draws thumbnails', async () => {
    open();
    const canvas = document.createElement('canvas');
    const { signal } = new AbortController();
    await harness.viewport.drawThumbnail({ documentId: 'd7', pageInDocument: 3, canvas, signal });
    expect(canvas.width).equal(160);
    const [r, g, b] = canvas.getContext('2d')?.getImageData(80, 40, 1, 1).data ?? [];
    expect(close([r ?? 0, g ?? 0, b ?? 0], pageColour('d7', 3))).equal(true);
    const aborted = AbortSignal.abort();
    const error = await harness.viewport
      .drawThumbnail({ documentId: 'd8', pageInDocument: 0, canvas, signal: aborted })
      .catch((reason: unknown) => reason);
    expect(AnjuanError.is(error, 'aborted')).equal(true);
  });
});
