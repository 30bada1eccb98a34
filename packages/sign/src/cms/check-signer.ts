import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import { equalBytes, isContext, oids, readDer } from '../der/index.js';
import type { Certificate } from '../x509/index.js';
import type { CmsFinding, CmsFindingId, SignedData, SignerInfo } from './signed-data.js';
import { findSigners } from './signer-info.js';
import { checkSigningCertificate } from './signing-certificate.js';

/** A signature to check against the bytes that it should be of. */
export interface SignerCheckRequest {
  readonly signedData: SignedData;
  /** Digest of the content that was signed; asked once, for the hash that the signer names. */
  readonly contentDigest: (hash: HashAlgorithm) => Promise<Uint8Array> | Uint8Array;
  readonly engine: CryptoEngine;
  /** Further certificates among which the signer's may be. */
  readonly certificates?: readonly Certificate[];
  /** Content type that is expected. Default: data, of either object identifier. */
  readonly contentType?: string;
}

/** What the check found. Trust in the certificate is another matter: see `buildPath`. */
export interface SignerCheck {
  /** `valid`: digest and signature hold and no finding is an error. */
  readonly status: 'valid' | 'invalid';
  /** The message digest is the content's; undefined when it could not be computed. */
  readonly digestMatches: boolean | undefined;
  /** The signature value holds under the certificate's key; undefined when it could not be checked. */
  readonly signatureHolds: boolean | undefined;
  readonly signer: SignerInfo | undefined;
  readonly certificate: Certificate | undefined;
  /** All findings: of the structure, of the signer, of this check. */
  readonly findings: readonly CmsFinding[];
}

type Add = (id: CmsFindingId, severity?: CmsFinding['severity']) => void;

/**
 * Checks the one signer of a structure by the rules of CAdES; every broken rule is a finding.
 * @source RFC 5652 5.4, 5.6; RFC 5035; RFC 6211; ETSI EN 319 142-1 6.3
 */
export async function checkSignerInfo(request: SignerCheckRequest): Promise<SignerCheck> {
  const { signedData, engine } = request;
  const [signer] = signedData.signers;
  const findings: CmsFinding[] = [...signedData.findings, ...(signer?.findings ?? [])];
  const add: Add = (id, severity = 'error') => void findings.push({ id, severity });
  checkContent(request, add);
  const certificate = signer && (await certificateOf(signer, request));
  if (signer) checkAlgorithms(signer, add);
  const digestMatches = signer && (await checkDigest(signer, request, add));
  let signatureHolds: boolean | undefined;
  if (signer && !certificate) add('certificate-missing');
  if (signer && certificate) {
    signatureHolds = await checkSignature(signer, certificate, request, add);
    const ess = await checkSigningCertificate(signer, certificate, engine);
    if (ess) add(ess, ess === 'signing-certificate-missing' || ess === 'signing-certificate-v1' ? 'warning' : 'error');
    const { kind, bits } = certificate.publicKey;
    if (kind === 'rsa' && bits < 2048) add('weak-key');
  }
  const sound = findings.every(({ severity }) => severity === 'warning');
  const status = sound && digestMatches && signatureHolds ? 'valid' : 'invalid';
  return { status, digestMatches, signatureHolds, signer, certificate, findings };
}

/** Certificates that one identifier may mean; each costs a digest. */
const MAX_CANDIDATES = 16;

/** Where several certificates fit the identifier, the attribute that names one by its hash decides. @source RFC 5035 2 */
async function certificateOf(
  signer: SignerInfo,
  { signedData, certificates = [], engine }: SignerCheckRequest,
): Promise<Certificate | undefined> {
  const own = findSigners(signer.signer, signedData.certificates);
  const candidates = own.length > 0 ? own : findSigners(signer.signer, certificates);
  for (const candidate of candidates.length > 1 ? candidates.slice(0, MAX_CANDIDATES) : []) {
    const problem = await checkSigningCertificate(signer, candidate, engine);
    if (problem === undefined || problem === 'signing-certificate-v1') return candidate;
  }
  return candidates[0];
}

const isData = (oid: string): boolean => oid === oids.data || oid === oids.gmData;

function checkContent({ signedData, contentType }: SignerCheckRequest, add: Add): void {
  const [signer] = signedData.signers;
  const plain = contentType === undefined;
  if (plain ? !isData(signedData.contentType) : signedData.contentType !== contentType) add('content-type-unexpected');
  if (plain && signedData.content) add('content-embedded');
  if (!signer?.signedAttributes) return;
  if (plain && signer.signingTime !== undefined) add('signing-time-present', 'warning');
  if (signer.contentType === undefined) add('content-type-attribute-missing');
  else if (signer.contentType !== signedData.contentType) add('content-type-attribute-wrong');
}

/** Digest and signature algorithm must be of one mind, and of that of the protecting attribute. @source RFC 6211 3; RFC 8419 3.1 */
function checkAlgorithms(signer: SignerInfo, add: Add): void {
  const { signatureAlgorithm: algorithm, hash } = signer;
  const wanted: Partial<Record<string, HashAlgorithm>> = { sm2: 'sm3', ed25519: 'sha-512' };
  const implied = algorithm && ('hash' in algorithm ? algorithm.hash : wanted[algorithm.kind]);
  if (implied && hash && implied !== hash) add('algorithms-disagree');
  const [protection, ...more] = signer.signed.get(oids.cmsAlgorithmProtection) ?? [];
  if (!protection) return;
  const [digest, signature] = readDer(protection).children;
  const holds =
    more.length === 0 &&
    digest &&
    equalBytes(digest.bytes, signer.digestIdentifier) &&
    isContext(signature, 1) &&
    equalBytes(signature.contents, readDer(signer.signatureIdentifier).contents);
  if (!holds) add('algorithm-protection-wrong');
}

async function checkDigest(
  { hash, messageDigest, signedAttributes }: SignerInfo,
  { contentDigest }: SignerCheckRequest,
  add: Add,
): Promise<boolean | undefined> {
  if (!hash || !signedAttributes) return undefined;
  if (!messageDigest) {
    add('message-digest-missing');
    return false;
  }
  // An empty digest is none: two of them are not the same content.
  const holds = messageDigest.byteLength > 0 && equalBytes(messageDigest, await contentDigest(hash));
  if (!holds) add('message-digest-wrong');
  return holds;
}

/** Without signed attributes the signature is over the content itself, which is at hand only when it is inside. */
async function checkSignature(
  { signatureAlgorithm: algorithm, signedAttributes, signedAttributesAsWritten, signature }: SignerInfo,
  { spki: publicKey }: Certificate,
  { engine, signedData }: SignerCheckRequest,
  add: Add,
): Promise<boolean | undefined> {
  const data = signedAttributes ?? signedData.content;
  if (!algorithm || !data) return undefined;
  try {
    const request = { algorithm, publicKey, signature };
    // The same attributes in another order say the same; the finding about the order stays.
    const holds =
      (await engine.verify({ ...request, data })) ||
      (signedAttributesAsWritten !== undefined &&
        (await engine.verify({ ...request, data: signedAttributesAsWritten })));
    if (!holds) add('signature-wrong');
    return holds;
  } catch {
    add('certificate-key-mismatch');
    return undefined;
  }
}
