import { connectPanel } from './sign-panel.js';
import { connectReport } from './sign-report.js';
import { assets, nextSignature, services } from './sign-work.js';
import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const provider = byId('provider');
const viewer = byId('viewer');
const button = byId('sign');

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Which roots the hospital trusts; a real page has them from its own server, too. */
async function trustedRoots() {
  const anchors = await (await fetch('/pki/anchors')).json();
  return { signature: anchors.signature.map(bytesOf), timestamp: anchors.timestamp.map(bytesOf) };
}

/** The documents as the viewer shows them: a newer version is not signed unseen. */
function watchDocuments(screen) {
  let documents = [];
  return {
    documentOf: (documentId) => documents.find((document) => document.documentId === documentId),
    read: async () => {
      const recordId = screen.chosen;
      const record = await provider.connectedClient?.records.open(recordId).catch(() => undefined);
      if (recordId !== screen.chosen) return;
      documents = (record?.documents ?? []).map((document) => ({ ...document, recordId }));
    },
    forget: () => (documents = []),
  };
}

/** “Sign”: a consent is signed beside the page that shows it; badges and reports of all signed documents. */
export async function connectSign(screen, { openDocument }) {
  const { openSigningDesk, watchSignatures } = await import('/anjuan/anjuan-sign.min.js');
  const { createPageRenderer, Scope } = globalThis.Anjuan;
  const scope = new Scope();
  const desk = openSigningDesk({ assetsUrl: assets, scope });
  // Revisions are compared as they look, too.
  const renderer = createPageRenderer({ assetsUrl: assets });
  // Asked for only when a file has signatures.
  let roots;
  const trustStore = {
    anchors: async (purpose) => {
      const { signature, timestamp } = await (roots ??= trustedRoots());
      return purpose === 'timestamp' ? timestamp : signature;
    },
  };
  const verify = (file, { signal }) =>
    desk.verify(file, { trustStore, renderer, revocation: services.revocation, signal });
  /** Of the open record. */
  const reports = new Map();
  const onVerified = ({ documentId, report }) => {
    reports.set(documentId, report);
    offer();
  };
  const verifier = watchSignatures({ viewer, client: () => provider.connectedClient, verify, onVerified, scope });
  const documents = watchDocuments(screen);
  connectReport(screen, { verifier, renderer, documentOf: documents.documentOf });

  let offered;
  const onClosed = (hadFocus) => hadFocus && (button.hidden ? viewer : button).focus();
  const panel = connectPanel(screen, { desk, openDocument, onClosed });
  const hide = () => {
    documents.forget();
    reports.clear();
    offer();
  };
  const offer = () => {
    offered = nextSignature(screen, documents.documentOf(screen.shown), reports.get(screen.shown));
    button.hidden = offered === undefined;
    button.dataset.text = offered === 'physician' ? 'signPhysician' : 'sign';
    button.textContent = texts[screen.locale][button.dataset.text];
  };
  button.addEventListener('click', () => {
    const document = documents.documentOf(screen.shown);
    byId('sign-said').textContent = '';
    if (document && offered) panel.open(document, offered);
  });
  viewer.addEventListener('anjuan-record-opened', async () => {
    await documents.read();
    offer();
  });
  viewer.addEventListener('anjuan-document-shown', ({ detail }) => {
    if (screen.shown !== undefined && screen.shown !== detail.documentId) byId('sign-said').textContent = '';
    screen.shown = detail.documentId;
    // Ink stays until it is signed or cancelled, also when somebody looks something up meanwhile.
    if (panel.isUsed()) panel.renew();
    else panel.close();
    offer();
  });
  viewer.addEventListener('anjuan-request-open', () => {
    hide();
    screen.shown = undefined;
    if (panel.isUsed()) panel.renew();
    else panel.close();
  });
  // Another user signs nothing of the former one.
  byId('user').addEventListener('change', () => {
    hide();
    byId('sign-said').textContent = '';
    panel.close();
  });
  byId('language').addEventListener('click', () => setTimeout(() => panel.renew()));
}
