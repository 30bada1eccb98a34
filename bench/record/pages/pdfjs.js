// The peer as its own examples set it up: PDFViewer with defaults, range loading left on.
import * as pdfjs from '/peers/pdfjs-dist/build/pdf.min.mjs';

globalThis.pdfjsLib = pdfjs;
const { EventBus, PDFLinkService, PDFViewer } = await import('/peers/pdfjs-dist/web/pdf_viewer.mjs');
pdfjs.GlobalWorkerOptions.workerSrc = '/peers/pdfjs-dist/build/pdf.worker.min.mjs';

const link = new URLSearchParams(location.search);
const files = link.get('documents').split(',');
const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const viewer = new PDFViewer({ container: document.getElementById('scroller'), eventBus, linkService });
linkService.setViewer(viewer);
eventBus.on('pagesinit', () => {
  viewer.currentScaleValue = 'page-width';
});

let loading;

async function show(file) {
  // As the peer's own application: the document before gives up its line and memory first.
  void loading?.destroy();
  loading = pdfjs.getDocument({
    url: `/files/${file}`,
    cMapUrl: '/peers/pdfjs-dist/cmaps/',
    cMapPacked: true,
    standardFontDataUrl: '/peers/pdfjs-dist/standard_fonts/',
    wasmUrl: '/peers/pdfjs-dist/wasm/',
    iccUrl: '/peers/pdfjs-dist/iccs/',
  });
  const pdf = await loading.promise;
  viewer.setDocument(pdf);
  linkService.setDocument(pdf);
}

globalThis.bench = {
  open: () => void show('merged.pdf'),
  jump({ pageNumber }) {
    viewer.currentPageNumber = pageNumber;
  },
  openDocument: ({ documentIndex }) => void show(files[documentIndex]),
  pageBoxes() {
    const { height } = document.getElementById('scroller').getBoundingClientRect();
    return [...document.querySelectorAll('.page')]
      .map((page) => {
        // PDFViewer draws a border of 9 px around each page.
        const box = page.getBoundingClientRect();
        const style = getComputedStyle(page);
        const [left, top] = [parseFloat(style.borderLeftWidth), parseFloat(style.borderTopWidth)];
        return { x: box.x + left, y: box.y + top, width: box.width - 2 * left, height: box.height - 2 * top };
      })
      .filter(({ y, height: pageHeight }) => y < height && y + pageHeight > 0);
  },
};
