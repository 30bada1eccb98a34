import { der, derSequence, expectUniversal, isContext, readDer, tags, type DerNode } from '../der/index.js';
import type { DistinguishedName, GeneralName } from './certificate.js';
import { readName } from './name.js';

const TEXTS = { 1: 'email', 2: 'dns', 6: 'uri' } as const;

const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Reads a GeneralName. Errors: `der-malformed`. @source RFC 5280 4.2.1.6 */
export function readGeneralName(node: DerNode): GeneralName {
  const { tag, contents } = node;
  if (node.tagClass === 'context') {
    if (tag === 1 || tag === 2 || tag === 6) return { kind: TEXTS[tag], text: latin(contents) };
    if (tag === 4 && node.children[0]) return { kind: 'directory', name: readName(node.children[0]) };
    if (tag === 7) return { kind: 'ip', bytes: contents };
  }
  return { kind: 'other', tag, bytes: node.bytes };
}

/** Reads GeneralNames. */
export const readGeneralNames = (value: Uint8Array): GeneralName[] =>
  sequenceOf(value).map((node) => readGeneralName(node));

/** Members of a DER SEQUENCE. */
export function sequenceOf(value: Uint8Array): readonly DerNode[] {
  const node = readDer(value);
  return expectUniversal(node, tags.sequence, node).children;
}

/** Texts of the URIs among names. */
export const urisOf = (names: readonly GeneralName[]): string[] =>
  names.flatMap((name) => (name.kind === 'uri' ? [name.text] : []));

/** URIs of a `fullName` inside a DistributionPointName. @source RFC 5280 4.2.1.13 */
export function pointUris(point: DerNode | undefined): string[] {
  const full = point?.children.find((child) => isContext(child, 0));
  return full ? urisOf(full.children.map((node) => readGeneralName(node))) : [];
}

/** Texts that are equal for equal names of a DistributionPointName. @source RFC 5280 4.2.1.13, 5.2.5 */
export function pointKeys(point: DerNode, issuer: DistinguishedName): string[] {
  return point.children.flatMap((choice) => {
    const { children, contents } = choice;
    if (isContext(choice, 0)) return children.map(keyOfName);
    const own = der(0x31, contents);
    return [readName(readDer(derSequence(...readDer(issuer.der).children.map(({ bytes }) => bytes), own))).key];
  });
}

function keyOfName(node: DerNode): string {
  const name = readGeneralName(node);
  return name.kind === 'directory' ? name.name.key : latin(node.bytes);
}
