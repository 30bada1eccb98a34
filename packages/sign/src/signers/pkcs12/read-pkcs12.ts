import { hashOfOid } from '../../crypto/index.js';
import {
  equalBytes,
  isContext,
  isUniversal,
  oids,
  readDer,
  readOctets,
  readOid,
  readSmallInteger,
  tags,
  type DerNode,
} from '../../der/index.js';
import { boundedIterations, decryptPbes2, pkcs12Error, readPbes2 } from './pbes2.js';
import { pkcs12Mac, type MacHash } from './pkcs12-kdf.js';

const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const BAG = '1.2.840.113549.1.12.10.1.';
const X509 = '1.2.840.113549.1.9.22.1';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const MAX_FILE_BYTES = 1024 * 1024;
/** Each part may cost a key derivation; programs write two. */
const MAX_PARTS = 8;
/** The MAC is computed in script, and holds the page meanwhile; browsers write up to 600,000. */
const MAX_MAC_ITERATIONS = 1_000_000;

/** What a file holds. `key` is PKCS#8 and must be wiped by whoever gets it. */
export interface Pkcs12Contents {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array;
  /** The other certificates, in the order of the file. */
  readonly others: readonly Uint8Array[];
}

/** The password does not open the file. */
export const WRONG_PASSWORD = Symbol('wrong password');

/**
 * Opens a PKCS#12 file: one key, its certificate, others. Encryption is PBES2 with AES, integrity a MAC with SHA-2; older
 * protection is refused by name. Errors: `pkcs12-malformed` (details.reason), `der-malformed`.
 * @source RFC 7292 4; RFC 8018 6.2
 */
export async function readPkcs12(file: Uint8Array, password: string): Promise<Pkcs12Contents | typeof WRONG_PASSWORD> {
  if (file.byteLength > MAX_FILE_BYTES) throw pkcs12Error('too-large');
  const [version, authSafe, macData] = readDer(file).children;
  const content = authSafe?.children[1]?.children[0];
  if (!version || readSmallInteger(version) !== 3 || !content) throw pkcs12Error('structure');
  const bytes = readOctets(content);
  const infos = readDer(bytes).children;
  if (infos.length > MAX_PARTS) throw pkcs12Error('too-many-parts');
  const parts = infos.map((node) => partOf(node));
  if (!macHolds(macData, bytes, password)) return WRONG_PASSWORD;
  const bags: Bag[] = [];
  for (const open of parts) bags.push(...readDer(await open(password)).children.map(readBag));
  return gather(bags, password);
}

/** How to get at one part; algorithms are looked at before the password is tried. */
function partOf(info: DerNode): (password: string) => Promise<Uint8Array> {
  const [type, wrapper] = info.children;
  const inner = wrapper?.children[0];
  if (!type || !inner) throw pkcs12Error('structure');
  const oid = readOid(type);
  if (oid === oids.data) {
    const bytes = readOctets(inner);
    for (const { value, kind } of readDer(bytes).children.map(readBag)) if (kind === 2) readPbes2(value.children[0]);
    return () => Promise.resolve(bytes);
  }
  if (oid !== ENCRYPTED_DATA) throw pkcs12Error('part');
  const [, algorithm, data] = inner.children[1]?.children ?? [];
  const scheme = readPbes2(algorithm);
  if (!isContext(data, 0) || data.constructed) throw pkcs12Error('structure');
  return (password) => decryptPbes2(scheme, data.contents, password);
}

function macHolds(macData: DerNode | undefined, bytes: Uint8Array, password: string): boolean {
  const [digestInfo, salt, count] = macData?.children ?? [];
  const [algorithm, digest] = digestInfo?.children ?? [];
  const name = algorithm?.children[0];
  if (!name || !digest || !salt) throw pkcs12Error('mac-missing');
  const hash = hashOfOid(readOid(name));
  if (!isMacHash(hash)) throw pkcs12Error('mac-algorithm');
  const iterations = count ? boundedIterations(count, MAX_MAC_ITERATIONS) : 1;
  return equalBytes(pkcs12Mac(bytes, { hash, salt: readOctets(salt), iterations, password }), readOctets(digest));
}

const isMacHash = (hash: string | undefined): hash is MacHash =>
  hash === 'sha-256' || hash === 'sha-384' || hash === 'sha-512';

interface Bag {
  /** 1 key, 2 encrypted key, 3 certificate; others are left aside. */
  readonly kind: number;
  readonly value: DerNode;
  readonly localKeyId: Uint8Array | undefined;
}

function readBag(node: DerNode): Bag {
  const [type, wrapper, attributes] = node.children;
  const value = wrapper?.children[0];
  if (!type || !value) throw pkcs12Error('structure');
  const oid = readOid(type);
  const local = attributes?.children.find(({ children: [name] }) => name && readOid(name) === LOCAL_KEY_ID);
  const id = local?.children[1]?.children[0];
  return {
    kind: oid.startsWith(BAG) ? Number(oid.slice(BAG.length)) : 0,
    value,
    localKeyId: isUniversal(id, tags.octetString) ? id.contents : undefined,
  };
}

async function gather(bags: readonly Bag[], password: string): Promise<Pkcs12Contents> {
  const [keyBag, ...moreKeys] = bags.filter(({ kind }) => kind === 1 || kind === 2);
  if (!keyBag || moreKeys.length > 0) throw pkcs12Error(keyBag ? 'several-keys' : 'key-missing');
  const certificates = bags.filter(({ kind }) => kind === 3);
  const { localKeyId } = keyBag;
  const own =
    certificates.find((bag) => localKeyId && bag.localKeyId && equalBytes(bag.localKeyId, localKeyId)) ??
    certificates[0];
  if (!own) throw pkcs12Error('certificate-missing');
  return {
    key: await keyBytes(keyBag, password),
    certificate: certificateOf(own),
    others: certificates.filter((bag) => bag !== own).map(certificateOf),
  };
}

async function keyBytes({ kind, value }: Bag, password: string): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 1) return new Uint8Array(value.bytes);
  const [algorithm, data] = value.children;
  if (!data) throw pkcs12Error('structure');
  return decryptPbes2(readPbes2(algorithm), readOctets(data), password);
}

function certificateOf({ value }: Bag): Uint8Array {
  const [type, wrapper] = value.children;
  const content = wrapper?.children[0];
  if (!type || readOid(type) !== X509 || !content) throw pkcs12Error('certificate');
  return readOctets(content);
}
