import { AnjuanError } from '@anjuan/core';
import { expect } from 'chai';
import { fixtureBytes } from '../testing/fixture-files.js';
import { countLeaks } from '../testing/leak-counters.js';
import { stubClient, stubDocument, stubPage } from '../testing/stub-record.js';
import { frame, mountViewport, pageElement, pixel, sharp, until, type Harness } from '../testing/viewport-harness.js';

const files = new Map<string, Uint8Array>();

before(async () => {
  const names = {
    lab: 'small-mixed/small-mixed-lab-blood-count.pdf',
    course: 'small-mixed/small-mixed-course.pdf',
    simsun: 'small-mixed/small-mixed-exam-simsun.pdf',
    g4: 'small-mixed/small-mixed-scan-g4.pdf',
    photo: 'small-mixed/small-mixed-photo.jpg',
    encrypted: 'small-broken/small-broken-encrypted.pdf',
    truncated: 'small-broken/small-broken-truncated.pdf',
    zero: 'small-broken/small-broken-zero-bytes.pdf',
    wrongMime: 'small-broken/small-broken-wrong-mime.pdf',
    absurd: 'small-broken/small-broken-absurd-sizes.pdf',
  };
  for (const [id, path] of Object.entries(names)) files.set(id, await fixtureBytes(path));
});

describe('RecordViewport without the page service', () => {
  let harness: Harness;
  afterEach(() => harness.remove());

  it('opens PDFs and images itself, measures them and paints their pages', async () => {
    const documents = [
      stubDocument('lab'),
      stubDocument('g4'),
      stubDocument('photo', { mime: 'image/jpeg' }),
      stubDocument('course'),
    ];
    harness = mountViewport({ client: stubClient({ bytes: files }), documents });
    const page = await sharp(harness, 0);
    expect(pixel(page, 0.01, 0.01)).deep.equal([255, 255, 255]);
    await until('all measured', () => harness.measured.length === 4);
    expect(harness.viewport.documents.map(({ state }) => state)).deep.equal(['ready', 'ready', 'ready', 'ready']);
    const total = harness.viewport.pageCount;
    for (let index = 0; index < total; index += 1) {
      harness.viewport.goToPage(index);
      await sharp(harness, index);
    }
    expect(harness.failed).deep.equal([]);
  });

  it('keeps the page in place while documents above it are measured', async () => {
    const documents = ['lab', 'course', 'g4', 'lab2'].map((id) => stubDocument(id));
    files.set('lab2', files.get('lab') ?? new Uint8Array());
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const client = stubClient({
      bytes: files,
      before: ({ documentId }) => (documentId === 'lab2' ? undefined : gate),
    });
    harness = mountViewport({ client, documents });
    await harness.viewport.goToAddress({ documentId: 'lab2', pageInDocument: 0 });
    const index = (): number => harness.viewport.pageIndexOf({ documentId: 'lab2', pageInDocument: 0 }) ?? -1;
    await sharp(harness, index());
    const before = pageElement(harness, index())?.getBoundingClientRect().top ?? NaN;
    open();
    await until('the others measured', () => harness.measured.length === 4);
    await frame();
    expect(index()).greaterThan(0);
    expect(pageElement(harness, index())?.getBoundingClientRect().top).closeTo(before, 1);
    expect(harness.viewport.position.documentIndex).equal(3);
  });

  it('says what is wrong with each broken file and shows the rest', async () => {
    const documents = ['encrypted', 'zero', 'wrongMime', 'lab'].map((id) => stubDocument(id));
    harness = mountViewport({ client: stubClient({ bytes: files }), documents });
    await until('all tried', () => harness.documentErrors.length === 3 && harness.measured.length === 1);
    const codes = Object.fromEntries(harness.documentErrors.map(({ documentId, error }) => [documentId, error.code]));
    expect(codes).deep.equal({ encrypted: 'pdf-encrypted', zero: 'document-empty', wrongMime: 'document-unsupported' });
    expect(harness.root.querySelector('.document-placeholder')?.textContent).equal('error pdf-encrypted');
    harness.viewport.goToDocument(3);
    await sharp(harness, 0);
  });

  it('shows absurd page sizes of a real file', async () => {
    harness = mountViewport({ client: stubClient({ bytes: files }), documents: [stubDocument('absurd')] });
    await until('measured', () => harness.measured.length === 1);
    for (let index = 0; index < harness.viewport.pageCount; index += 1) {
      harness.viewport.goToPage(index);
      await sharp(harness, index);
    }
    for (const { widthPt, heightPt } of harness.measured[0]?.pages ?? []) {
      expect(widthPt).within(1, 14_400);
      expect(heightPt).within(1, 14_400);
    }
  });

  it('opens a failed document again on demand', async () => {
    let fails = true;
    const client = stubClient({
      bytes: files,
      before: () => {
        if (fails) throw new AnjuanError('network-unreachable');
      },
    });
    harness = mountViewport({ client, documents: [stubDocument('lab')] });
    const box = await until('error', () => {
      const found = harness.root.querySelector<HTMLElement>('.document-placeholder');
      return found?.textContent === 'error network-unreachable' && found;
    });
    fails = false;
    box.click();
    await sharp(harness, 0);
  });

  it('corrects a page size that the record got wrong, without stretching the page', async () => {
    const pages = [stubPage('p1', { widthPt: 842, heightPt: 595, widthsPx: [] })];
    harness = mountViewport({ client: stubClient({ bytes: files }), documents: [stubDocument('lab', { pages })] });
    const page = await sharp(harness, 0);
    await until('upright', () => page.offsetHeight > page.offsetWidth);
    expect(page.offsetHeight / page.offsetWidth).closeTo(842 / 595, 0.01);
  });

  it('lays real text over the glyphs', async () => {
    harness = mountViewport({ client: stubClient({ bytes: files }), documents: [stubDocument('lab')], zoom: 1 });
    const page = await sharp(harness, 0);
    const spans = await until('text', () => {
      const found = page.querySelectorAll<HTMLElement>('.page-text > span');
      return found.length > 10 && [...found];
    });
    const box = page.getBoundingClientRect();
    // Ink under every longer span: the darkest pixel inside its box is dark.
    const canvas = page.querySelector('canvas');
    const context = canvas?.getContext('2d');
    const ratio = (canvas?.width ?? 0) / box.width;
    const inky = spans.filter((span) => {
      const { left, top, width, height } = span.getBoundingClientRect();
      const at = [(left - box.left) * ratio, (top - box.top) * ratio, width * ratio, height * ratio].map(Math.round);
      const [x = 0, y = 0, w = 1, h = 1] = at;
      const { data } = context?.getImageData(x, y, Math.max(1, w), Math.max(1, h)) ?? { data: [] };
      return data.some((value, index) => index % 4 === 0 && value < 140);
    });
    expect(inky.length / spans.length).greaterThan(0.97);
  });

  it('selects by dragging from and to blank paper, as far as the nearest text', async () => {
    harness = mountViewport({ client: stubClient({ bytes: files }), documents: [stubDocument('simsun')], zoom: 1 });
    const page = await sharp(harness, 0);
    const spans = await until('text', () => {
      const found = page.querySelectorAll<HTMLElement>('.page-text > span');
      return found.length > 4 && [...found];
    });
    const line = (text: string): DOMRect =>
      (spans.find((span) => span.textContent?.includes(text)) ?? page).getBoundingClientRect();
    const [from, to] = [line('影像所见'), line('诊断意见')];
    const layer = page.querySelector('.page-text') ?? page;
    const mouse = (type: string, clientX: number, clientY: number, target: EventTarget): void => {
      const init = {
        clientX,
        clientY,
        button: 0,
        buttons: 1,
        detail: 1,
        bubbles: true,
        composed: true,
        cancelable: true,
      };
      target.dispatchEvent(new MouseEvent(type, init));
    };
    // Starts left of a line, ends between two lines right of them.
    mouse('mousedown', from.left - 20, from.top + 4, layer);
    mouse('mousemove', to.right + 200, to.top + 4, document);
    mouse('mouseup', to.right + 200, to.top + 4, document);
    const text = harness.viewport.selectedText();
    expect(text.startsWith('影像所见')).equal(true);
    expect(/诊断意见：?$/.test(text)).equal(true);
    expect(text.split('\n').length).greaterThan(3);
    mouse('mousemove', 0, 0, document);
    expect(harness.viewport.selectedText()).equal(text);
  });
});

describe('RecordViewport gives everything back', () => {
  it('after 100 opens and closes there is no worker, object URL, picture or listener left', async () => {
    const leaks = countLeaks();
    try {
      for (let cycle = 0; cycle < 100; cycle += 1) {
        const documents =
          cycle % 10 === 0 ? [stubDocument('lab'), stubDocument('course')] : [stubDocument('r', { pages: 30 })];
        const harness = mountViewport({ client: stubClient({ bytes: files }), documents });
        // Every stage of opening is cut off somewhere: at once, after some frames, after the first picture.
        if (cycle % 3 === 1) await frame();
        if (cycle % 3 === 2 || cycle % 10 === 0) await sharp(harness, 0);
        harness.viewport.goToPage(1);
        harness.remove();
        expect(harness.container.childElementCount).equal(0);
      }
      await until('pictures closed', () => leaks.counts.bitmaps === 0 && leaks.counts.workers === 0);
      expect(leaks.counts).deep.equal({ workers: 0, objectUrls: 0, bitmaps: 0, listeners: 0 });
    } finally {
      leaks.restore();
    }
  });
});
