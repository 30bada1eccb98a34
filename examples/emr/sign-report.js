import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const provider = byId('provider');
const viewer = byId('viewer');
const report = byId('report');
const reportDialog = byId('report-dialog');
const signedDialog = byId('signed-dialog');

/** Long files are shown to this page; the whole revision can be downloaded. */
const MOST_PAGES = 40;
const KEEP_URL_MS = 60_000;

/** The report of a document, and what was signed as the viewer's engine draws it. */
export function connectReport(screen, { verifier, renderer, documentOf }) {
  let shown;
  const show = async () => {
    const mine = shown;
    Object.assign(report, { report: undefined, failure: undefined, checking: true });
    try {
      const verified = await verifier.report(mine);
      if (mine === shown) report.report = verified.report;
    } catch (error) {
      if (mine === shown) report.failure = error.code ?? 'unexpected';
    } finally {
      if (mine === shown) report.checking = false;
    }
  };
  viewer.addEventListener('anjuan-request-signatures', ({ detail }) => {
    shown = detail.documentId;
    byId('report-document').textContent = documentOf(shown)?.title ?? '';
    reportDialog.showModal();
    void show();
  });
  reportDialog.addEventListener('close', () => (report.report = undefined));
  byId('report-close').addEventListener('click', () => reportDialog.close());
  report.addEventListener('anjuan-request-verify', () => void show());
  report.addEventListener('anjuan-request-locate-signature', ({ detail }) => {
    reportDialog.close();
    void viewer.goToDocument(shown, { pageNumber: detail.pageNumber });
  });
  connectSigned(screen, { renderer, documentShown: () => documentOf(shown) });
}

/** “Show what was signed”: the pages as they were, beside a way to take the file along. */
function connectSigned(screen, { renderer, documentShown }) {
  const pages = byId('signed-pages');
  const say = (text) => (byId('signed-note').textContent = text);
  let work = new AbortController();
  let revision;
  report.addEventListener('anjuan-request-signed-revision', async ({ detail }) => {
    work.abort();
    work = new AbortController();
    const { signal } = work;
    const t = texts[screen.locale];
    revision = undefined;
    byId('signed-download').disabled = true;
    byId('signed-title').textContent = t.signedRevision(detail.index + 1);
    pages.replaceChildren();
    say(t.signedLoading);
    signedDialog.showModal();
    try {
      const file = await provider.connectedClient.documents.bytes(documentShown(), { signal });
      revision = { file: file.slice(0, detail.signedLengthBytes, 'application/pdf'), number: detail.index + 1 };
      byId('signed-download').disabled = false;
      const complete = await drawPages({ file: revision.file, pages, renderer, signal, t });
      say(complete ? '' : t.signedMore);
    } catch {
      if (!signal.aborted) say(t.signedFailed);
    }
  });
  signedDialog.addEventListener('close', () => {
    work.abort();
    pages.replaceChildren();
  });
  byId('signed-close').addEventListener('click', () => signedDialog.close());
  byId('signed-download').addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(revision.file);
    link.download = `revision-${revision.number}.pdf`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEEP_URL_MS);
  });
}

/** True when all pages are there. */
async function drawPages({ file, pages, renderer, signal, t }) {
  const widthPx = Math.round(Math.min(pages.clientWidth - 32, 900) * Math.min(devicePixelRatio, 2));
  for (let pageIndex = 0; pageIndex < MOST_PAGES; pageIndex += 1) {
    let drawn;
    try {
      drawn = await renderer.render({ file, pageIndex, widthPx, signal });
    } catch (error) {
      if (error.code === 'page-not-found' && pageIndex > 0) return true;
      throw error;
    }
    if (signal.aborted) return true;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: drawn.widthPx, height: drawn.heightPx });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', t.signedPage(pageIndex + 1));
    canvas.getContext('2d').putImageData(new ImageData(drawn.rgba, drawn.widthPx), 0, 0);
    pages.append(canvas);
  }
  return false;
}
