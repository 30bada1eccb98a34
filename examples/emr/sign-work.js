import { texts } from './texts.js';

/** Signers, drawing and storing are loaded when somebody signs. */
export const tools = () => import('/anjuan/anjuan-sign-tools.min.js');

export const assets = '/anjuan/assets/';

/** The services of the hospital; the worker asks them itself. */
export const services = { timestampAuthority: { url: '/pki/tsa' }, revocation: { url: '/pki/relay' } };

const consents = new Set(['C0026', 'C0027', 'C0028', 'C0029', 'C0030', 'C0031']);

/**
 * What the doctor can sign in this document now: `consent` (the patient's hand under the doctor's key, then the
 * hospital's seal), afterwards `physician` (the doctor who talked with the patient), or nothing.
 */
export function nextSignature(screen, document, report) {
  const stay = screen.stays.find(({ recordId }) => recordId === screen.chosen);
  if (screen.role !== 'doctor' || !stay || stay.dischargedOn) return undefined;
  // A new version is `unmeasured` until the archive has its pages.
  if (!/^(ready|unmeasured)$/.test(document?.state) || !consents.has(document.type.code)) return undefined;
  if (!document.signed) return 'consent';
  if (!report || report.indication === 'TOTAL_FAILED') return undefined;
  const fields = report.signatures.map(({ fieldName }) => fieldName);
  return fields.includes('patient') && !fields.includes('physician') ? 'physician' : undefined;
}

const token = async () => 'service-token';

async function signaturesFor({ what, ink, locale }) {
  const { cscSigner, loadSignatureFont, POINTS_PER_MM, sealAppearance, sealDrawing, signatureAppearance } =
    await tools();
  const t = texts[locale];
  const font = await loadSignatureFont({ assetsUrl: assets });
  const staff = (credentialId) => cscSigner({ baseUrl: '/pki/staff/csc/v2', token, credentialId });
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
  if (what === 'physician')
    return [{ signer: staff('physician'), field: 'physician', reason: t.physicianReason, appearance: written }];
  const hospital = cscSigner({ baseUrl: '/pki/hospital/csc/v2', token, credentialId: 'seal' });
  const design = { shape: 'round', organisation: texts['zh-CN'].hospital, bottomText: texts['zh-CN'].sealName, font };
  const sealed = () => sealAppearance({ seal: sealDrawing(design) });
  return [
    { signer: staff('doctor'), field: 'patient', reason: t.signReason, appearance: written },
    { signer: hospital, field: 'hospital', reason: t.sealReason, appearance: sealed },
  ];
}

/** ISO 8601 in the time zone of the hospital. */
function hospitalTime(time) {
  return `${new Date(time + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** Signs the version that was read; nothing is stored yet. A wrong PIN is asked for again by the page, not by the signer. */
export async function signFile({ desk, client, document, what, ink, locale, pin, signal }) {
  const now = await versionNow(client, document, signal);
  if (now?.versionId !== document.versionId) throw new globalThis.Anjuan.AnjuanError('version-conflict');
  const file = await client.documents.bytes(document, { digest: document.digest, signal });
  let refused;
  const askSecret = async (question) => {
    if (!question.again) return pin;
    refused = question;
    return undefined;
  };
  try {
    const signatures = await signaturesFor({ what, ink, locale });
    return await desk.sign(file, signatures, { level: 'B-LT', ...services, askSecret, signal });
  } catch (error) {
    if (!refused || error.code !== 'signer-cancelled') throw error;
    throw Object.assign(new Error('PIN'), { code: 'signer-pin-wrong', details: refused });
  }
}

/** The document as the record has it now. */
export async function versionNow(client, { recordId, documentId }, signal) {
  const record = await client?.records.open(recordId, signal ? { signal } : {});
  return record?.documents.find((document) => document.documentId === documentId);
}

/** Stores what was signed; may be called again with the same file. */
export async function storeSigned({ client, document: { documentId, versionId }, signed }) {
  const { storeSignedVersion } = await tools();
  const signer = { display: texts['zh-CN'].screens.doctor.title };
  const { file, signatures } = signed;
  return storeSignedVersion(client, { documentId, versionId, file, signatures, signer });
}
