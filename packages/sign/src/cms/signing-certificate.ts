import { hashNamed } from '../crypto/algorithm-ids.js';
import type { CryptoEngine } from '../crypto/algorithms.js';
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
  for (const values of [newer, older]) {
    if (!values) continue;
    try {
      const [value, ...more] = values;
      const held = value && more.length === 0 && (await names(readDer(value), values === newer, certificate, engine));
      if (!held) return 'signing-certificate-wrong';
    } catch {
      return 'attribute-malformed';
    }
  }
  return newer ? undefined : 'signing-certificate-v1';
}

/** Looks at the first ESSCertID: that is the signer's. */
async function names(
  attribute: DerNode,
  v2: boolean,
  certificate: Certificate,
  engine: CryptoEngine,
): Promise<boolean> {
  const first = expectUniversal(attribute, tags.sequence, attribute).children[0]?.children[0];
  const fields = first?.children ?? [];
  const [algorithm] = fields;
  const named = v2 && isUniversal(algorithm, tags.sequence);
  const hash = named ? hashNamed(algorithm) : v2 ? 'sha-256' : 'sha-1';
  const [digest, issuerSerial, ...more] = named ? fields.slice(1) : fields;
  if (!hash || !digest || more.length > 0) return false;
  if (!equalBytes(readOctets(digest), await engine.digest(hash, certificate.der))) return false;
  if (!issuerSerial) return true;
  const [issuer, serial] = issuerSerial.children;
  const [name, ...others] = issuer?.children ?? [];
  if (!name || !serial || others.length > 0) return false;
  const read = readGeneralName(name);
  return (
    read.kind === 'directory' &&
    read.name.key === certificate.issuer.key &&
    readInteger(serial) === certificate.serialNumber
  );
}
