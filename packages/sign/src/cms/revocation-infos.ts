import { AnjuanError } from '@anjuan/core';
import { isContext, isUniversal, oids, readDer, readOid, tags, type DerNode } from '../der/index.js';
import type { CmsFinding, CmsFindingId, SignerInfo } from './signed-data.js';

interface RevocationInfos {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** RevocationInfoChoices: lists, and OCSP responses as another format. @source RFC 5652 10.2.1; RFC 5940 2.1 */
export function readRevocationInfos(set: DerNode | undefined): RevocationInfos {
  const nodes = set?.children ?? [];
  return {
    crls: nodes.filter((node) => isUniversal(node, tags.sequence)).map(({ bytes }) => bytes),
    ocspResponses: nodes.flatMap((node) => {
      const [format, value] = isContext(node, 1) ? node.children : [];
      return format && value && readOid(format) === oids.ocspResponseOfCms ? [value.bytes] : [];
    }),
  };
}

/** The signed attribute in which older PDF signatures keep revocation. @source ISO 32000-2 12.8.3.3.2 */
export function readArchivalAttribute(
  { signed }: SignerInfo,
  add: (id: CmsFindingId, severity: CmsFinding['severity']) => void,
): RevocationInfos {
  try {
    const fields = (signed.get(oids.adbeRevocationInfoArchival) ?? []).flatMap((value) => readDer(value).children);
    const list = (tag: number): Uint8Array[] =>
      fields
        .filter((field) => isContext(field, tag))
        .flatMap(({ children: [sequence] }) => sequence?.children.map(({ bytes }) => bytes) ?? []);
    return { crls: list(0), ocspResponses: list(1) };
  } catch (error) {
    if (!AnjuanError.is(error, 'der-malformed')) throw error;
    add('attribute-malformed', 'error');
    return { crls: [], ocspResponses: [] };
  }
}
