import { AnjuanError } from '@anjuan/core';
import { expect } from 'chai';
import { stubClient, stubDocument } from '../testing/stub-record.js';
import { frame, mountViewport, pageElement, sharp, until, type Harness } from '../testing/viewport-harness.js';

describe('RecordViewport under hands and keys', () => {
  let harness: Harness;
  beforeEach(async () => {
    const documents = Array.from({ length: 20 }, (_, index) => stubDocument(`d${index}`, { pages: 5 }));
    harness = mountViewport({ client: stubClient(), documents });
    await sharp(harness, 0);
  });
  afterEach(() => harness.remove());

  const top = (pageIndex: number): number =>
    (pageElement(harness, pageIndex)?.getBoundingClientRect().top ?? NaN) -
    harness.container.getBoundingClientRect().top;

  it('zooms with two fingers about the point between them', async () => {
    harness.viewport.goToPage(42);
    const { left, top: edge } = harness.container.getBoundingClientRect();
    const before = pageElement(harness, 42)?.getBoundingClientRect();
    const touch = (identifier: number, x: number, y: number): Touch =>
      new Touch({ identifier, target: harness.container, clientX: left + x, clientY: edge + y });
    const send = (type: string, spread: number): boolean =>
      harness.container.dispatchEvent(
        new TouchEvent(type, {
          touches: [touch(1, 400 - spread, 300), touch(2, 400 + spread, 300)],
          bubbles: true,
          cancelable: true,
        }),
      );
    expect(send('touchstart', 50)).equal(false);
    for (const spread of [60, 75, 100]) expect(send('touchmove', spread)).equal(false);
    const after = pageElement(harness, 42)?.getBoundingClientRect();
    expect((after?.width ?? 0) / (before?.width ?? 1)).closeTo(2, 0.05);
    const share = (box: DOMRect | undefined): number => (edge + 300 - (box?.top ?? 0)) / (box?.height ?? 1);
    expect(share(after)).closeTo(share(before), 0.005);
  });

  it('toggles between fit width and 100 % by double click', () => {
    const click = (): void => {
      const canvas = pageElement(harness, 0)?.querySelector('canvas');
      canvas?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true, clientX: 200, clientY: 200 }));
    };
    click();
    expect(harness.viewport.zoom).equal(1);
    click();
    expect(harness.viewport.zoom).equal('fit-width');
  });

  it('drags the view while panning is on', () => {
    const { container, viewport } = harness;
    const pointer = (type: string, clientY: number): boolean =>
      container.dispatchEvent(
        new PointerEvent(type, { pointerId: 7, button: 0, clientX: 300, clientY, bubbles: true, cancelable: true }),
      );
    const drag = (): void => {
      pointer('pointerdown', 400);
      pointer('pointermove', 150);
      pointer('pointerup', 150);
      pointer('pointermove', 50);
    };
    drag();
    expect(container.scrollTop).equal(0);
    viewport.setPanning(true);
    drag();
    expect(container.scrollTop).equal(250);
    viewport.setPanning(false);
    expect(container.dataset['panning']).equal(undefined);
  });

  it('keeps the reading place when the view is resized', async () => {
    harness.viewport.goToPage(57, { anchor: { x: 0, y: 0.4 } });
    await sharp(harness, 57);
    const share = (): number => {
      const box = pageElement(harness, 57)?.getBoundingClientRect();
      return (harness.container.getBoundingClientRect().top + 37 - (box?.top ?? 0)) / (box?.height ?? 1);
    };
    const before = share();
    harness.container.style.width = '420px';
    await until('narrow', () => (pageElement(harness, 57)?.offsetWidth ?? 999) < 420);
    expect(share()).closeTo(before, 0.003);
    expect(harness.viewport.position.pageIndex).equal(57);
    harness.container.style.width = '800px';
    await until('wide', () => (pageElement(harness, 57)?.offsetWidth ?? 0) > 700);
    expect(share()).closeTo(before, 0.006);
  });

  it('steps by line, screen, page, document and record', () => {
    const { viewport, container } = harness;
    viewport.scrollStep('page', 1);
    expect(viewport.position.pageIndex).equal(1);
    viewport.scrollStep('document', 1);
    expect(viewport.position).deep.equal({ documentIndex: 1, pageIndex: 5, pageInDocument: 0 });
    viewport.scrollStep('page', 1);
    viewport.scrollStep('document', -1);
    expect(viewport.position.pageIndex).equal(5);
    viewport.scrollStep('document', -1);
    expect(viewport.position.pageIndex).equal(0);
    viewport.scrollStep('record', 1);
    expect(viewport.position.pageIndex).equal(99);
    viewport.scrollStep('record', -1);
    expect(container.scrollTop).equal(0);
    viewport.scrollStep('line', 1);
    expect(container.scrollTop).equal(48);
  });

  it('keeps the header of the document being read in sight', async () => {
    harness.viewport.goToPage(12);
    await frame();
    const { top: edge } = harness.container.getBoundingClientRect();
    const headers = [...harness.root.querySelectorAll('.document-header')];
    const stuck = headers.filter((header) => Math.abs(header.getBoundingClientRect().top - edge) < 1);
    expect(stuck.map((header) => header.textContent)).deep.equal(['d2']);
    expect(top(12)).within(36, 60);
  });

  it('keeps the place when a newer manifest puts a document before it', async () => {
    harness.viewport.goToPage(57);
    await sharp(harness, 57);
    const before = top(57);
    const more = [stubDocument('new', { pages: 3 }), ...harness.viewport.documents];
    harness.viewport.setDocuments(more);
    expect(harness.viewport.position).deep.equal({ documentIndex: 12, pageIndex: 60, pageInDocument: 2 });
    expect(top(60)).closeTo(before, 1);
    harness.viewport.setDocuments(more, { reset: true });
    expect(harness.container.scrollTop).equal(0);
  });

  it('marks places on pages, turned with them', async () => {
    harness.viewport.setMarks([
      { documentId: 'd0', pageInDocument: 0, rects: [{ x: 100, y: 200, width: 50, height: 20 }], current: true },
    ]);
    const mark = await until('mark', () => pageElement(harness, 0)?.querySelector('.page-mark'));
    const page = pageElement(harness, 0)?.getBoundingClientRect();
    const scale = (page?.width ?? 0) / 595;
    expect(mark.getBoundingClientRect().left - (page?.left ?? 0)).closeTo(100 * scale, 1);
    expect(mark.getBoundingClientRect().height).closeTo(20 * scale, 1);
    harness.viewport.setMarks([]);
    await until('gone', () => pageElement(harness, 0)?.querySelector('.page-mark') === null);
  });

  it('refuses addresses that do not exist', async () => {
    const code = async (documentId: string, pageInDocument: number): Promise<string> => {
      const error = await harness.viewport.goToAddress({ documentId, pageInDocument }).catch((e: unknown) => e);
      return AnjuanError.is(error) ? error.code : 'none';
    };
    expect(await code('d3', 99)).equal('page-not-found');
    expect(await code('nobody', 0)).equal('page-not-found');
    expect(await code('d3', 2)).equal('none');
    expect(harness.viewport.position.pageIndex).equal(17);
  });
});
