import { hashNamed } from '../crypto/algorithm-ids.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import {
  equalBytes,
  expectUniversal,
  isUniversal,
  oids,
  readDer,
  readInteger,
  readOctets,
  tags,
  type DerNode,
} from '../der/index.js';
import type { Certificate } from '../x509/index.js';
import { readGeneralName } from '../x509/general-name.js';
import type { CmsFindingId, SignerInfo } from './signed-data.js';

/**
 * Whether the ESS attributes name this certificate: by hash, and by issuer and serial number where they say those. What is wrong,
 * or undefined. Both versions of the attribute must agree when both are there. @source RFC 5035 3, 4, 5
 */
export async function checkSigningCertificate(
  { signed }: SignerInfo,
  certificate: Certificate,
  engine: CryptoEngine,
): Promise<CmsFindingId | undefined> {
  const newer = signed.get(oids.signingCertificateV2);
  const older = signed.get(oids.signingCertificate);
  if (!newer && !older) return 'signing-certificate-missing';
  let weak = !newer;
  for (const values of [newer, older]) {
    if (!values) continue;
    try {
      const [value, ...more] = values;
      const single = more.length === 0 ? value : undefined;
      const hash = single && (await hashThatNames(readDer(single), values === newer, certificate, engine));
      if (!hash) return 'signing-certificate-wrong';
      // The newer attribute over SHA-1 is no stronger than the older one.
      weak ||= values === newer && hash === 'sha-1';
    } catch {
      return 'attribute-malformed';
    }
  }
  return weak ? 'signing-certificate-v1' : undefined;
}

/** The hash by which the first ESSCertID, which is the signer's, names the certificate; undefined when it does not. */
async function hashThatNames(
  attribute: DerNode,
  v2: boolean,
  certificate: Certificate,
  engine: CryptoEngine,
): Promise<HashAlgorithm | undefined> {
  const first = expectUniversal(attribute, tags.sequence, attribute).children[0]?.children[0];
  const fields = first?.children ?? [];
  const [algorithm] = fields;
  const named = v2 && isUniversal(algorithm, tags.sequence);
  const hash = named ? hashNamed(algorithm) : v2 ? 'sha-256' : 'sha-1';
  const [digest, issuerSerial, ...more] = named ? fields.slice(1) : fields;
  if (!hash || !digest || more.length > 0) return undefined;
  if (!equalBytes(readOctets(digest), await engine.digest(hash, certificate.der))) return undefined;
  if (!issuerSerial) return hash;
  const [issuer, serial] = issuerSerial.children;
  const [name, ...others] = issuer?.children ?? [];
  if (!name || !serial || others.length > 0) return undefined;
  const read = readGeneralName(name);
  const same = read.kind === 'directory' && read.name.key === certificate.issuer.key;
  return same && readInteger(serial) === certificate.serialNumber ? hash : undefined;
}
