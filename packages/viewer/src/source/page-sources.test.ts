import { AnjuanError } from '@anjuan/core';
import { expect } from 'chai';
import { fixtureBytes } from '../testing/fixture-files.js';
import { pageSourceSuite, type PageSourceCase } from '../testing/page-source-suite.js';
import { stubClient, stubDocument, type StubClient } from '../testing/stub-record.js';
import { tinyPdf } from '../testing/tiny-pdf.js';
import { TEST_ASSETS_URL } from '../testing/viewport-harness.js';
import { imageSources } from './image/image-source.js';
import type { PageSource } from './page-source.js';
import { pdfSources } from './pdf/pdf-source.js';
import { renditionSources } from './rendition/rendition-source.js';

const files = new Map<string, Uint8Array>();
const client = stubClient({
  bytes: files,
  text: (_, pageIndex) => ({
    pageIndex,
    text: '血常规',
    runs: [{ text: '血常规', x: 50, y: 60, width: 80, height: 20 }],
    source: 'pdf',
  }),
});
const pdf = pdfSources({ client, assetsUrl: TEST_ASSETS_URL });

before(async () => {
  // Page 1 is 300 x 400 pt in the file and shown turned by 90 degrees.
  files.set(
    'turned',
    tinyPdf([90, 180, 0].map((rotate) => ({ widthPt: 300, heightPt: 400, rotate, text: 'Turned page' }))),
  );
  const large = { widthPt: 300, heightPt: 400, text: 'Long', fillerBytes: 100_000 };
  files.set('long', tinyPdf(Array.from({ length: 40 }, () => large)));
  const names = {
    lab: 'small-mixed/small-mixed-lab-blood-count.pdf',
    simsun: 'small-mixed/small-mixed-exam-simsun.pdf',
    jbig2: 'small-mixed/small-mixed-scan-jbig2.pdf',
    g4: 'small-mixed/small-mixed-scan-g4.pdf',
    photo: 'small-mixed/small-mixed-photo.jpg',
    picture: 'small-mixed/small-mixed-picture.png',
    encrypted: 'small-broken/small-broken-encrypted.pdf',
    truncated: 'small-broken/small-broken-truncated.pdf',
    zero: 'small-broken/small-broken-zero-bytes.pdf',
    wrongMime: 'small-broken/small-broken-wrong-mime.pdf',
  };
  for (const [id, path] of Object.entries(names)) files.set(id, await fixtureBytes(path));
});

const cases: PageSourceCase[] = [
  {
    name: 'rendition',
    factory: renditionSources(client),
    document: stubDocument('r', { pages: 3 }),
    pageCount: 3,
    firstPagePt: [595, 842],
    word: '血常规',
  },
  { name: 'pdf, text', factory: pdf, document: stubDocument('lab'), pageCount: 1, firstPagePt: [595, 842], word: '血' },
  {
    name: 'pdf, font not embedded',
    factory: pdf,
    document: stubDocument('simsun'),
    pageCount: 1,
    firstPagePt: [595, 842],
    word: '检查',
  },
  { name: 'pdf, JBIG2 scan', factory: pdf, document: stubDocument('jbig2'), pageCount: 2, firstPagePt: [595, 842] },
  { name: 'pdf, CCITT G4 scan', factory: pdf, document: stubDocument('g4'), pageCount: 2, firstPagePt: [595, 842] },
  {
    name: 'pdf, turned page',
    factory: pdf,
    document: stubDocument('turned'),
    pageCount: 3,
    firstPagePt: [400, 300],
    word: 'Turned',
  },
  {
    name: 'image, JPEG',
    factory: imageSources(client),
    document: stubDocument('photo', { mime: 'image/jpeg' }),
    pageCount: 1,
    firstPagePt: [524.25, 744],
  },
  {
    name: 'image, PNG',
    factory: imageSources(client),
    document: stubDocument('picture', { mime: 'image/png' }),
    pageCount: 1,
    firstPagePt: [315, 446.25],
  },
];
pageSourceSuite({ describe, it }, cases);

describe('pdf source', () => {
  const open = (id: string): Promise<PageSource> =>
    pdf.open(stubDocument(id), { signal: new AbortController().signal });

  for (const [id, code] of [
    ['encrypted', 'pdf-encrypted'],
    ['zero', 'document-empty'],
    ['wrongMime', 'document-unsupported'],
    ['missing', 'document-not-found'],
  ] as const) {
    it(`opening the ${id} file ends with ${code}`, async () => {
      const error = await open(id).catch((reason: unknown) => reason);
      expect(AnjuanError.is(error) && error.code).equal(code);
    });
  }

  it('a truncated file ends with pdf-malformed, at the latest when a page is drawn', async () => {
    const { signal } = new AbortController();
    const error = await open('truncated')
      .then((source) =>
        source.render({ pageIndex: 0, scale: 1, lane: 'interactive', signal }).finally(() => source.close()),
      )
      .catch((reason: unknown) => reason);
    expect(AnjuanError.is(error) && error.code).equal('pdf-malformed');
  });

  it('reads a large file by ranges and only what a page needs', async () => {
    const counting = countingClient(files.get('long') ?? new Uint8Array());
    const source = await pdfSources({ client: counting, assetsUrl: TEST_ASSETS_URL }).open(stubDocument('long'), {
      signal: new AbortController().signal,
    });
    const { signal } = new AbortController();
    const pages = await source.pages({ signal });
    expect(pages.length).equal(40);
    (await source.render({ pageIndex: 30, scale: 0.5, lane: 'interactive', signal })).bitmap.close();
    source.close();
    expect(counting.calls.filter(({ kind }) => kind === 'open').length).equal(1);
    const reads = counting.calls.filter(({ kind }) => kind === 'read').length;
    expect(reads).greaterThan(1).lessThan(14);
  });

  it('fails with the network error when ranges stop coming, instead of waiting for ever', async () => {
    let broken = false;
    const failing = stubClient({
      bytes: files,
      before: ({ kind }) => {
        if (broken && kind === 'read') throw new AnjuanError('network-interrupted');
      },
    });
    const source = await pdfSources({ client: failing, assetsUrl: TEST_ASSETS_URL }).open(stubDocument('long'), {
      signal: new AbortController().signal,
    });
    broken = true;
    const { signal } = new AbortController();
    const error = await source
      .render({ pageIndex: 39, scale: 0.5, lane: 'interactive', signal })
      .catch((reason: unknown) => reason);
    source.close();
    expect(AnjuanError.is(error) && error.code).equal('network-interrupted');
  });

  it('says assets-missing when the assets folder is not there', async () => {
    const elsewhere = pdfSources({ client, assetsUrl: '/no-such-folder/' });
    const error = await elsewhere
      .open(stubDocument('lab'), { signal: new AbortController().signal })
      .catch((reason: unknown) => reason);
    expect(AnjuanError.is(error) && error.code).equal('assets-missing');
  });
});

function countingClient(bytes: Uint8Array): StubClient {
  return stubClient({ bytes: new Map([['long', bytes]]) });
}
