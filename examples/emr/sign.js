import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const provider = byId('provider');
const viewer = byId('viewer');
const assets = '/anjuan/assets/';

/** Signers, drawing and storing are loaded when somebody signs. */
const tools = () => import('/anjuan/anjuan-sign-tools.min.js');

const consents = new Set(['C0026', 'C0027', 'C0028', 'C0029', 'C0030', 'C0031']);

/** What is signed: the document being read, as the record has it now. */
async function documentBeingRead({ chosen, shown }) {
  const record = await provider.connectedClient?.records.open(chosen);
  return record?.documents.find(({ documentId }) => documentId === shown);
}

/** Wards sign consents while the patient stays. */
async function maySign(screen) {
  const stay = screen.stays.find(({ recordId }) => recordId === screen.chosen);
  if (screen.role !== 'doctor' || !stay || stay.dischargedOn) return false;
  const read = await documentBeingRead(screen).catch(() => undefined);
  return read?.state === 'ready' && consents.has(read.type.code) && !read.signed;
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Which roots the hospital trusts; a real page has them from its own server, too. */
async function trustedRoots() {
  const anchors = await (await fetch('/pki/anchors')).json();
  return { signature: anchors.signature.map(bytesOf), timestamp: anchors.timestamp.map(bytesOf) };
}

/** The services of the hospital; the worker asks them itself. */
const services = { timestampAuthority: { url: '/pki/tsa' }, revocation: { url: '/pki/relay' } };

/** The patient's hand on paper, under the doctor's key; then the hospital's seal. */
async function signaturesFor({ ink, locale }) {
  const { cscSigner, loadSignatureFont, POINTS_PER_MM, sealAppearance, sealDrawing, signatureAppearance } =
    await tools();
  const t = texts[locale];
  const font = await loadSignatureFont({ assetsUrl: assets });
  const token = async () => 'service-token';
  const staff = cscSigner({ baseUrl: '/pki/staff/csc/v2', token, credentialId: 'doctor' });
  const hospital = cscSigner({ baseUrl: '/pki/hospital/csc/v2', token, credentialId: 'seal' });
  const written = ({ identity, time, widthPt, heightPt }) =>
    signatureAppearance({
      widthMm: widthPt / POINTS_PER_MM,
      heightMm: heightPt / POINTS_PER_MM,
      ink,
      text: { time: hospitalTime(time) },
      testMark: identity.test,
      font,
      locale,
    });
  const design = { shape: 'round', organisation: texts['zh-CN'].hospital, bottomText: texts['zh-CN'].sealName, font };
  const sealed = () => sealAppearance({ seal: sealDrawing(design) });
  return [
    { signer: staff, field: 'patient', reason: t.signReason, appearance: written },
    { signer: hospital, field: 'hospital', reason: t.sealReason, appearance: sealed },
  ];
}

/** ISO 8601 in the time zone of the hospital. */
function hospitalTime(time) {
  return `${new Date(time + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** Signs and stores; resolves with nothing half done. */
async function signDocument({ desk, document, ink, locale, pin, signal }) {
  const { storeSignedVersion } = await tools();
  const client = provider.connectedClient;
  const file = await client.documents.bytes(document, { digest: document.digest, signal });
  const askSecret = async ({ again }) => (again ? undefined : pin);
  const signatures = await signaturesFor({ ink, locale });
  const signed = await desk.sign(file, signatures, { level: 'B-LT', ...services, askSecret, signal });
  const { documentId, versionId } = document;
  const signer = { display: texts['zh-CN'].screens.doctor.title };
  await storeSignedVersion(client, {
    documentId,
    versionId,
    file: signed.file,
    signatures: signed.signatures,
    signer,
    signal,
  });
}

function connectPanel(screen, { desk, openDocument }) {
  const panel = byId('sign-panel');
  const pad = byId('sign-pad');
  let work;
  const say = (text) => (byId('sign-note').textContent = text);
  const close = () => {
    work?.abort();
    work = undefined;
    panel.hidden = true;
    pad.ink = undefined;
    byId('sign-pin').value = '';
    say('');
  };
  byId('sign').addEventListener('click', async () => {
    const document = await documentBeingRead(screen);
    byId('sign-title').textContent = document?.title ?? '';
    pad.signedOn = new Date().toISOString();
    panel.hidden = false;
    pad.focus();
  });
  byId('sign-cancel').addEventListener('click', close);
  byId('sign-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (work) return;
    const t = texts[screen.locale];
    work = new AbortController();
    const { signal } = work;
    byId('sign-confirm').disabled = true;
    say(t.signing);
    try {
      const document = await documentBeingRead(screen);
      const pin = byId('sign-pin').value;
      await signDocument({ desk, document, ink: pad.ink, locale: screen.locale, pin, signal });
      const { recordId, documentId } = { recordId: screen.chosen, documentId: document.documentId };
      close();
      openDocument({ recordId, documentId });
    } catch (error) {
      if (signal.aborted) return;
      const { signErrorParts } = await tools();
      const { title, next } = signErrorParts(error.code ?? 'unexpected', screen.locale);
      say(`${title}. ${next}`);
    } finally {
      work = undefined;
      byId('sign-confirm').disabled = false;
    }
  });
  return { close };
}

function connectReport(screen, verifier) {
  const dialog = byId('report-dialog');
  const report = byId('report');
  let shown;
  const show = async () => {
    Object.assign(report, { report: undefined, failure: undefined, checking: true });
    try {
      report.report = (await verifier.report(shown)).report;
    } catch (error) {
      report.failure = error.code ?? 'unexpected';
    } finally {
      report.checking = false;
    }
  };
  viewer.addEventListener('anjuan-request-signatures', ({ detail }) => {
    shown = detail.documentId;
    dialog.showModal();
    void show();
  });
  byId('report-close').addEventListener('click', () => dialog.close());
  report.addEventListener('anjuan-request-verify', () => void show());
  report.addEventListener('anjuan-request-locate-signature', ({ detail }) => {
    dialog.close();
    void viewer.goToDocument(shown, { pageNumber: detail.pageNumber });
  });
  report.addEventListener('anjuan-request-signed-revision', async ({ detail }) => {
    const document = await documentBeingRead({ ...screen, shown });
    const file = await provider.connectedClient.documents.bytes(document);
    const link = globalThis.document.createElement('a');
    link.href = URL.createObjectURL(file.slice(0, detail.signedLengthBytes, 'application/pdf'));
    link.download = `revision-${detail.index + 1}.pdf`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
}

/** “Sign”: a consent is signed beside the page that shows it; badges and reports of all signed documents. */
export async function connectSign(screen, { openDocument }) {
  const { fixedTrustStore, openSigningDesk, watchSignatures } = await import('/anjuan/anjuan-sign.min.js');
  const { createPageRenderer, Scope } = globalThis.Anjuan;
  const scope = new Scope();
  const desk = openSigningDesk({ assetsUrl: assets, scope });
  // Revisions are compared as they look, too.
  const renderer = createPageRenderer({ assetsUrl: assets });
  let trustStore;
  const verify = async (file, { signal }) => {
    trustStore ??= fixedTrustStore(await trustedRoots());
    return desk.verify(file, { trustStore, renderer, revocation: services.revocation, signal });
  };
  const verifier = watchSignatures({ viewer, client: () => provider.connectedClient, verify, scope });
  connectReport(screen, verifier);
  const panel = connectPanel(screen, { desk, openDocument });
  const renew = async () => (byId('sign').hidden = !(await maySign(screen)));
  viewer.addEventListener('anjuan-document-shown', ({ detail }) => {
    if (screen.shown !== detail.documentId) panel.close();
    screen.shown = detail.documentId;
    void renew();
  });
  viewer.addEventListener('anjuan-request-open', () => {
    byId('sign').hidden = true;
    panel.close();
  });
}
