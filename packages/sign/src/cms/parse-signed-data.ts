import { AnjuanError } from '@anjuan/core';
import {
  expectUniversal,
  fromBer,
  isContext,
  isUniversal,
  oids,
  readDer,
  readOid,
  readSmallInteger,
  tags,
  type DerNode,
} from '../der/index.js';
import { parseCertificate, type Certificate } from '../x509/index.js';
import { cmsError, readingCms } from './cms-error.js';
import { readArchivalAttribute, readRevocationInfos } from './revocation-infos.js';
import type { CmsFinding, CmsFindingId, SignedData } from './signed-data.js';
import { readSignerInfo } from './signer-info.js';

/** Beyond these a structure is made to keep the page busy. */
const MAX_CERTIFICATES = 1000;
const MAX_SIGNERS = 64;

type Add = (id: CmsFindingId, severity: CmsFinding['severity']) => void;

/**
 * Reads a ContentInfo with SignedData. Zeros after it (the rest of a PDF's slot) are allowed; BER of old producers is read and
 * reported. Errors: `cms-malformed` with `details.reason`, when there is nothing to report on.
 * @source RFC 5652 5.1; GM/T 0010-2023
 */
export const parseSignedData = (bytes: Uint8Array): SignedData => readingCms(() => read(bytes));

function read(bytes: Uint8Array): SignedData {
  const findings: CmsFinding[] = [];
  const add: Add = (id, severity) => void findings.push({ id, severity });
  const root = readEnvelope(bytes, add);
  const [type, wrapped, ...moreFields] = expectUniversal(root, tags.sequence, root).children;
  const [body, ...moreBodies] = wrapped?.children ?? [];
  if (!type || !body || !isContext(wrapped, 0) || moreFields.length + moreBodies.length > 0)
    throw cmsError('not-a-content-info');
  const outerType = readOid(type);
  if (outerType !== oids.signedData && outerType !== oids.gmSignedData) throw cmsError('not-signed-data');
  const gm = outerType === oids.gmSignedData;

  const [version, digests, encapsulated, ...rest] = expectUniversal(body, tags.sequence, root).children;
  const certificateSet = rest.find((node) => isContext(node, 0));
  const crlSet = rest.find((node) => isContext(node, 1));
  const last = rest.at(-1);
  const expected = [certificateSet, crlSet, last].filter((node) => node !== undefined);
  if (!version || !isUniversal(digests, tags.set) || !encapsulated || !isUniversal(last, tags.set))
    throw cmsError('signed-data');
  if (rest.length !== expected.length || rest.some((node, index) => node !== expected[index]))
    throw cmsError('unexpected-field');

  const [contentName, contentNode, ...moreContent] = expectUniversal(encapsulated, tags.sequence, body).children;
  if (!contentName || moreContent.length > 0) throw cmsError('encapsulated-content');
  const contentType = readOid(contentName);
  if (gm ? contentType === oids.data : contentType === oids.gmData) add('gm-object-ids', 'warning');
  if ((certificateSet?.children.length ?? 0) > MAX_CERTIFICATES || last.children.length > MAX_SIGNERS)
    throw cmsError('too-many-members');
  const certificates = readCertificates(certificateSet, add);
  const signers = last.children.map((node) => readSignerInfo(node, certificates));
  const infos = readRevocationInfos(crlSet);
  const archived = signers.map((signer) => readArchivalAttribute(signer, add));
  const digestOids = digests.children.map(({ children: [name] }) => (name ? readOid(name) : ''));
  if (signers.length === 0) add('signer-missing', 'error');
  if (signers.length > 1) add('several-signers', 'error');
  if (signers.some(({ digestOid }) => !digestOids.includes(digestOid))) add('digest-algorithm-not-listed', 'warning');
  const number = readSmallInteger(version);
  if (number < 1 || number > 5) add('version-wrong', 'warning');
  return {
    der: root.bytes,
    profile: gm ? 'gmt-0010' : 'rfc5652',
    version: number,
    digestOids,
    contentType,
    content: contentNode && contentOf(contentNode),
    certificates,
    crls: [...infos.crls, ...archived.flatMap(({ crls }) => crls)],
    ocspResponses: [...infos.ocspResponses, ...archived.flatMap(({ ocspResponses }) => ocspResponses)],
    signers,
    findings,
  };
}

/** The outermost element in DER; old producers write BER. */
function readEnvelope(bytes: Uint8Array, add: Add): DerNode {
  let root: DerNode;
  let used: number;
  try {
    root = readDer(bytes, { allowTrailing: true });
    used = root.bytes.byteLength;
  } catch (error) {
    if (!AnjuanError.is(error, 'der-malformed')) throw error;
    const turned = fromBer(bytes);
    root = readDer(turned.der);
    used = turned.usedBytes;
    add('ber-encoding', 'warning');
  }
  if (bytes.subarray(used).some((byte) => byte !== 0)) add('bytes-after', 'error');
  return root;
}

/** The content of an OCTET STRING; older structures hold any type, of which the value counts. @source RFC 5652 5.2.1 */
function contentOf(wrapped: DerNode): Uint8Array {
  const [content, ...more] = wrapped.children;
  if (!isContext(wrapped, 0) || !content || more.length > 0) throw cmsError('encapsulated-content');
  return content.contents;
}

function readCertificates(set: DerNode | undefined, add: Add): Certificate[] {
  return (set?.children ?? []).flatMap((node) => {
    if (!isUniversal(node, tags.sequence)) {
      add('certificate-attribute', 'warning');
      return [];
    }
    try {
      return [parseCertificate(node.bytes)];
    } catch (error) {
      if (!AnjuanError.is(error, 'certificate-malformed')) throw error;
      add('certificate-unreadable', 'warning');
      return [];
    }
  });
}
