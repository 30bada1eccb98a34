import { expectUniversal, oids, readOid, readText, tags, type DerNode } from '../der/index.js';
import type { DistinguishedName } from './certificate.js';

/** @source RFC 4514 3; RFC 4519 for the rest, with the short forms that OpenSSL prints */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  [oids.emailAddress]: 'emailAddress',
};

interface NamePart {
  readonly rdn: number;
  readonly oid: string;
  readonly value: string;
  readonly key: string;
  readonly text: string;
}

/** Reads a Name. Errors: `der-malformed`. @source RFC 5280 4.1.2.4 */
export function readName(node: DerNode): DistinguishedName {
  const parts = expectUniversal(node, tags.sequence, node).children.map((rdn, index) => {
    const members = expectUniversal(rdn, tags.set, node).children;
    if (members.length === 0) expectUniversal(undefined, tags.sequence, rdn);
    return members.map((member) => readPart(member, index));
  });
  const flat = parts.flat();
  const rdnKeys = parts.map((rdn) => JSON.stringify(rdn.map(({ key }) => key).sort()));
  const commonName = flat.find(({ oid }) => oid === oids.commonName)?.value;
  return {
    der: node.bytes,
    text: parts
      .map((rdn) => rdn.map(({ text }) => text).join('+'))
      .reverse()
      .join(','),
    key: rdnKeys.join(),
    rdnKeys,
    parts: flat,
    ...(commonName !== undefined && { commonName }),
  };
}

function readPart(member: DerNode, rdn: number): NamePart {
  const [name, content] = expectUniversal(member, tags.sequence, member).children;
  const oid = readOid(expectUniversal(name, tags.oid, member));
  if (!content || member.children.length > 2) expectUniversal(undefined, tags.utf8String, member);
  const plain = content && textOf(content);
  const dump = `#${Array.from(content?.bytes ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const short = SHORT[oid];
  return {
    rdn,
    oid,
    value: plain ?? dump,
    key: plain === undefined ? `${oid}${dump}` : `${oid}=${comparable(plain)}`,
    text:
      short !== undefined && plain !== undefined
        ? `${short}=${escape(plain)}`
        : `${short ?? oid}=${dump.toUpperCase()}`,
  };
}

/** Finds parts that are no text in the key of an RDN: those are equal only byte by byte. */
export const UNREADABLE = /"[\d.]+#/;

/** Case, runs of spaces and characters that nobody sees do not count. @source RFC 5280 7.1; RFC 4518 2 */
const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ');

/** Text of a string type; undefined for other types. */
function textOf(node: DerNode): string | undefined {
  return node.tag === tags.universalString || node.constructed ? undefined : readText(node);
}

/** @source RFC 4514 2.4 */
const escape = (value: string): string =>
  value
    .replace(/[\\,+"<>;]/g, '\\$&')
    .replace(/\0/g, '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
