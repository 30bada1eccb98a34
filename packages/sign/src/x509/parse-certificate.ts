import { signatureAlgorithmOf } from '../crypto/algorithm-ids.js';
import { readPublicKey } from '../crypto/public-key.js';
import {
  equalBytes,
  expectUniversal,
  isContext,
  readBits,
  readDer,
  readInteger,
  readOid,
  readSmallInteger,
  readTime,
  tags,
  type DerNode,
} from '../der/index.js';
import type { Certificate } from './certificate.js';
import { readExtensionFields, readExtensions } from './extensions.js';
import { certificateError, readingCertificate } from './malformed.js';
import { readName } from './name.js';

/** Reads one DER certificate. Errors: `certificate-malformed` with `details.reason`. */
export const parseCertificate = (der: Uint8Array): Certificate => readingCertificate(() => read(der));

function read(der: Uint8Array): Certificate {
  const root = readDer(der);
  const [tbs, identifier, signature, ...more] = sequence(root, root).children;
  if (!tbs || !identifier || !signature || more.length > 0) throw certificateError('not-a-certificate');
  const fields = [...sequence(tbs, root).children];
  const version = isContext(fields[0], 0) ? 1 + readSmallInteger(only(fields.shift())) : 1;
  if (version !== 1 && version !== 2 && version !== 3) throw certificateError('version');
  const [serial, inner, issuer, validity, subject, spki, ...rest] = fields;
  if (!serial || !inner || !issuer || !validity || !subject || !spki) throw certificateError('field-missing');
  if (!equalBytes(inner.bytes, identifier.bytes)) throw certificateError('algorithms-differ');
  const [from, until] = sequence(validity, tbs).children;
  if (!from || !until) throw certificateError('validity');
  const names = { issuer: readName(issuer), subject: readName(subject) };
  const key = readPublicKey(spki.bytes);
  const [algorithm] = identifier.children;
  if (!algorithm) throw certificateError('algorithm');
  return {
    der,
    tbs: tbs.bytes,
    version,
    serialNumber: readInteger(serial),
    serialHex: Array.from(serial.contents, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    ...names,
    notBefore: readTime(from),
    notAfter: readTime(until),
    spki: spki.bytes,
    keyBits: key.bytes,
    publicKey: key.info,
    signatureAlgorithm: signatureAlgorithmOf(identifier),
    signatureAlgorithmOid: readOid(algorithm),
    signature: readBits(signature).bytes,
    selfIssued: names.issuer.key === names.subject.key,
    ...readExtensionFields(readExtensions(extensionsOf(rest, version))),
  };
}

const sequence = (node: DerNode, parent: DerNode): DerNode => expectUniversal(node, tags.sequence, parent);

/** The one element inside an EXPLICIT tag. */
function only(node: DerNode | undefined): DerNode {
  const [child, ...more] = node?.children ?? [];
  if (!child || more.length > 0) throw certificateError('explicit-tag');
  return child;
}

/** What follows the key: unique identifiers, then extensions, each once and in this order. */
function extensionsOf(rest: readonly DerNode[], version: number): DerNode | undefined {
  let last = 0;
  for (const node of rest) {
    if (node.tagClass !== 'context' || node.tag <= last || node.tag > 3 || version < (node.tag === 3 ? 3 : 2))
      throw certificateError('unexpected-field');
    last = node.tag;
  }
  const extensions = rest.find((node) => isContext(node, 3));
  return extensions && only(extensions);
}
