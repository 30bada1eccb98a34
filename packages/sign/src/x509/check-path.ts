import { oids } from '../der/index.js';
import type { CryptoEngine } from '../crypto/algorithms.js';
import type { Certificate } from './certificate.js';
import { namesAllowed } from './name-constraints.js';
import type { PathProblem, PathProblemId } from './path-result.js';
import { policiesHold } from './policies.js';

/** What the first certificate of a path is used for. */
export type PathPurpose = 'signature' | 'timestamp' | 'seal' | 'ocsp';

/**
 * Uses that shut out others: a certificate for nothing but these does not sign documents. Anything else that CAs write
 * (clientAuth, emailProtection, document signing of several makers) is let through. @source RFC 9336 for the wish
 */
const OTHER_USES: readonly string[] = [oids.serverAuth, oids.codeSigning, oids.timeStamping, oids.ocspSigning];

/**
 * Checks a path, first the certificate in question, last the anchor. Signatures are checked by the builder.
 * @source RFC 5280 6.1; GM/T 0034 for the pair of certificates
 */
export function checkPath(path: readonly Certificate[], at: number, purpose: PathPurpose): PathProblem[] {
  const problems: PathProblem[] = [];
  const anchor = path.length - 1;
  path.forEach((certificate, index) => {
    const add = (id: PathProblemId, wrong: boolean): void => {
      if (wrong) problems.push({ id, certificate, index });
    };
    // Written so that a time which is no number is never inside.
    add('not-yet-valid', !(at >= certificate.notBefore));
    add('expired', !(at <= certificate.notAfter));
    add('unknown-critical-extension', certificate.unknownCritical.length > 0);
    add('weak-key', isWeakKey(certificate));
    // Nobody relies on the signature that an anchor makes on itself.
    add('weak-hash', index < anchor && hasWeakHash(certificate));
    if (index > 0) checkAuthority(path, index, purpose, add);
    else checkUse(certificate, purpose, add);
  });
  const leaf = path[0];
  if (leaf && !policiesHold(path)) problems.push({ id: 'policy-missing', certificate: leaf, index: 0 });
  return problems;
}

type Add = (id: PathProblemId, wrong: boolean) => void;

/** Keys that can be broken, or that are none. */
export const isWeakKey = ({ publicKey }: Pick<Certificate, 'publicKey'>): boolean =>
  publicKey.bits < 256 ||
  (publicKey.kind === 'rsa' && (publicKey.bits < 2048 || publicKey.exponent < 3n || publicKey.exponent % 2n === 0n));

/** SHA-1 no longer stands for what was signed. */
export const hasWeakHash = ({ signatureAlgorithm }: Pick<Certificate, 'signatureAlgorithm'>): boolean =>
  signatureAlgorithm !== undefined && 'hash' in signatureAlgorithm && signatureAlgorithm.hash === 'sha-1';

function checkAuthority(path: readonly Certificate[], index: number, purpose: PathPurpose, add: Add): void {
  const certificate = path[index];
  if (!certificate) return;
  const { basicConstraints, keyUsage, nameConstraints, version } = certificate;
  const isAnchor = index === path.length - 1;
  // Roots of version 1 say nothing of themselves; that they are trusted says it.
  add('not-a-ca', !(basicConstraints?.ca || (isAnchor && version === 1)));
  add('key-usage', keyUsage !== undefined && !keyUsage.has('key-cert-sign'));
  const below = path.slice(1, index).filter(({ selfIssued }) => !selfIssued).length;
  add('path-too-long', below > (basicConstraints?.pathLength ?? Infinity));
  add('extended-key-usage', !isAnchor && !usableFor(certificate, purpose, true));
  const subjects = path.slice(0, index).filter(({ selfIssued }, place) => place === 0 || !selfIssued);
  add(
    'name-constraints',
    nameConstraints !== undefined && !subjects.every((name) => namesAllowed(name, nameConstraints)),
  );
}

function checkUse(certificate: Certificate, purpose: PathPurpose, add: Add): void {
  const { keyUsage } = certificate;
  const signs = !keyUsage || keyUsage.has('digital-signature') || keyUsage.has('non-repudiation');
  const encrypts = ['key-encipherment', 'data-encipherment', 'key-agreement'] as const;
  const forEncryption = !signs && encrypts.some((use) => keyUsage.has(use));
  add('encryption-certificate', forEncryption);
  add('key-usage', !signs && !forEncryption);
  add('extended-key-usage', !usableFor(certificate, purpose, false));
}

/** @source RFC 5280 4.2.1.12; RFC 3161 2.3; RFC 6960 4.2.2.2 */
function usableFor(
  { extendedKeyUsage: uses, extensions }: Certificate,
  purpose: PathPurpose,
  authority: boolean,
): boolean {
  if (purpose === 'timestamp' && !authority)
    return (
      uses?.length === 1 && uses[0] === oids.timeStamping && extensions.get(oids.extendedKeyUsage)?.critical === true
    );
  const needed = { timestamp: oids.timeStamping, ocsp: oids.ocspSigning, signature: undefined, seal: undefined }[
    purpose
  ];
  if (!uses) return authority || needed === undefined;
  if (authority && uses.includes(oids.anyExtendedKeyUsage)) return true;
  return needed === undefined ? uses.some((use) => !OTHER_USES.includes(use)) : uses.includes(needed);
}

/** True when the key of `issuer` made the signature; `unsupported` when nobody can tell. */
export async function isSignedBy(
  engine: CryptoEngine,
  signed: Pick<Certificate, 'signatureAlgorithm' | 'signature' | 'tbs'>,
  issuer: Certificate,
): Promise<boolean | 'unsupported'> {
  const { signatureAlgorithm: algorithm, signature, tbs: data } = signed;
  if (!algorithm) return 'unsupported';
  try {
    return await engine.verify({ algorithm, publicKey: issuer.spki, signature, data });
  } catch {
    return 'unsupported';
  }
}
