import {
  expectUniversal,
  isContext,
  isUniversal,
  oids,
  readBits,
  readBoolean,
  readDer,
  readOctets,
  readOid,
  readSmallInteger,
  tags,
  type DerNode,
} from '../der/index.js';
import { signError } from '../errors/sign-codes.js';
import type { Certificate, CertificateExtension, GeneralName, KeyUsage } from './certificate.js';
import { certificateError } from './malformed.js';
import { pointUris, readGeneralName, readGeneralNames, sequenceOf, urisOf } from './general-name.js';

const USAGES: readonly KeyUsage[] = [
  'digital-signature',
  'non-repudiation',
  'key-encipherment',
  'data-encipherment',
  'key-agreement',
  'key-cert-sign',
  'crl-sign',
  'encipher-only',
  'decipher-only',
];

const KNOWN: ReadonlySet<string> = new Set([
  oids.subjectKeyIdentifier,
  oids.keyUsage,
  oids.subjectAltName,
  oids.issuerAltName,
  oids.basicConstraints,
  oids.nameConstraints,
  oids.crlDistributionPoints,
  oids.certificatePolicies,
  oids.policyMappings,
  oids.authorityKeyIdentifier,
  oids.policyConstraints,
  oids.extendedKeyUsage,
  oids.inhibitAnyPolicy,
  oids.authorityInfoAccess,
  oids.ocspNoCheck,
]);

type Extensions = ReadonlyMap<string, CertificateExtension>;

/** Reads the SEQUENCE OF Extension; a repeated one is an error. @source RFC 5280 4.2 */
export function readExtensions(list: DerNode | undefined): Extensions {
  const found = new Map<string, CertificateExtension>();
  for (const node of list ? expectUniversal(list, tags.sequence, list).children : []) {
    const [name, second, third, ...more] = node.children;
    const value = third ?? second;
    if (!name || !second || !value || more.length > 0) throw malformed(node);
    const oid = readOid(name);
    if (found.has(oid)) throw malformed(node);
    found.set(oid, { critical: third ? readBoolean(second) : false, value: readOctets(value) });
  }
  return found;
}

const malformed = (node: DerNode): Error =>
  signError('der-malformed', { details: { offset: node.offset, reason: 'not-an-extension' } });

/** Critical extensions beside the known ones. */
export const unknownCritical = (extensions: Extensions, known: ReadonlySet<string> = KNOWN): string[] =>
  [...extensions].flatMap(([oid, { critical }]) => (critical && !known.has(oid) ? [oid] : []));

/** Contents of SubjectKeyIdentifier and AuthorityKeyIdentifier. @source RFC 5280 4.2.1.1, 4.2.1.2 */
export function authorityKeyIdOf(extensions: Extensions): Uint8Array | undefined {
  const value = extensions.get(oids.authorityKeyIdentifier)?.value;
  return value && sequenceOf(value).find((child) => isContext(child, 0))?.contents;
}

type ExtensionFields = Pick<
  Certificate,
  | 'extensions'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'basicConstraints'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'ocspUrls'
  | 'caIssuersUrls'
  | 'crlUrls'
  | 'policies'
  | 'requireExplicitPolicy'
  | 'policyMappings'
  | 'inhibitAnyPolicy'
  | 'inhibitPolicyMapping'
  | 'nameConstraints'
  | 'subjectAltNames'
  | 'ocspNoCheck'
  | 'unknownCritical'
>;

/** What the extensions of a certificate say. Errors: `der-malformed`. @source RFC 5280 4.2.1 */
export function readExtensionFields(extensions: Extensions): ExtensionFields {
  const read = <T>(oid: string, reader: (value: Uint8Array) => T): T | undefined => {
    const value = extensions.get(oid)?.value;
    return value && reader(value);
  };
  const accesses = read(oids.authorityInfoAccess, sequenceOf) ?? [];
  const access = (oid: string): string[] =>
    urisOf(
      accesses.flatMap(({ children: [method, place] }) =>
        method && place && readOid(method) === oid ? [readGeneralName(place)] : [],
      ),
    );
  return {
    extensions,
    keyUsage: read(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oids.extendedKeyUsage, (value) => sequenceOf(value).map(readOid)),
    basicConstraints: read(oids.basicConstraints, readBasicConstraints),
    subjectKeyId: read(oids.subjectKeyIdentifier, (value) => readOctets(readDer(value))),
    authorityKeyId: authorityKeyIdOf(extensions),
    ocspUrls: access(oids.ocsp),
    caIssuersUrls: access(oids.caIssuers),
    crlUrls:
      read(oids.crlDistributionPoints, sequenceOf)?.flatMap(({ children: [point] }) =>
        isContext(point, 0) ? pointUris(point) : [],
      ) ?? [],
    policies:
      read(oids.certificatePolicies, sequenceOf)?.flatMap(({ children: [id] }) => (id ? [readOid(id)] : [])) ?? [],
    requireExplicitPolicy: read(oids.policyConstraints, (value) => readSkip(value, 0)),
    inhibitPolicyMapping: read(oids.policyConstraints, (value) => readSkip(value, 1)),
    inhibitAnyPolicy: read(oids.inhibitAnyPolicy, (value) => skipOf(readDer(value))),
    policyMappings:
      read(oids.policyMappings, sequenceOf)?.map(({ children: [from, to] }) => {
        if (!from || !to) throw certificateError('policy-mapping');
        return [readOid(from), readOid(to)] as const;
      }) ?? [],
    nameConstraints: read(oids.nameConstraints, readNameConstraints),
    subjectAltNames: read(oids.subjectAltName, readGeneralNames) ?? [],
    ocspNoCheck: extensions.has(oids.ocspNoCheck),
    unknownCritical: unknownCritical(extensions),
  };
}

function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const { bytes } = readBits(readDer(value));
  return new Set(USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

function readBasicConstraints(value: Uint8Array): { ca: boolean; pathLength?: number } {
  const fields = sequenceOf(value);
  const [first] = fields;
  const flagged = isUniversal(first, tags.boolean);
  const ca = flagged && readBoolean(first);
  const [length, ...more] = flagged ? fields.slice(1) : fields;
  const pathLength = length && readSmallInteger(length);
  if (more.length > 0 || (pathLength ?? 0) < 0) throw malformed(readDer(value));
  return { ca, ...(pathLength !== undefined && { pathLength }) };
}

/** SkipCerts of `[tag]`. @source RFC 5280 4.2.1.11 */
function readSkip(value: Uint8Array, tag: number): number | undefined {
  const field = sequenceOf(value).find((child) => isContext(child, tag));
  return field && skipOf(field);
}

/** No path is as long as a thousand certificates. */
const skipOf = ({ contents }: DerNode): number => contents.reduce((sum, byte) => Math.min(sum * 256 + byte, 1000), 0);

function readNameConstraints(value: Uint8Array): NonNullable<Certificate['nameConstraints']> {
  const fields = sequenceOf(value);
  const list = (tag: number): GeneralName[] =>
    fields
      .filter((field) => isContext(field, tag))
      .flatMap(({ children }) =>
        children.map((subtree) => {
          const [base, ...bounds] = subtree.children;
          if (!base || bounds.length > 0) throw malformed(subtree);
          return readGeneralName(base);
        }),
      );
  return { permitted: list(0), excluded: list(1) };
}
