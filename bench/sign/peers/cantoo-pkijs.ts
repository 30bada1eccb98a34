/** @cantoo/pdf-lib for the increment, pkijs for the CMS: what an application has to put together from the two. */

interface PdfDict {
  get(key: unknown): unknown;
  set(key: unknown, value: unknown): void;
}
interface PdfArray {
  get(index: number): unknown;
  push(value: unknown): void;
}
interface PdfContext {
  readonly trailerInfo: { readonly Root: unknown };
  lookup(value: unknown): unknown;
  obj(value: unknown): unknown;
  register(value: unknown): unknown;
}
interface Snapshot {
  markRefForSave(ref: unknown): void;
}
interface CantooDocument {
  readonly context: PdfContext;
  readonly catalog: PdfDict;
  takeSnapshot(): Snapshot;
  saveIncremental(snapshot: Snapshot): Promise<Uint8Array>;
}
export interface Cantoo {
  readonly PDFDocument: { load(bytes: Uint8Array, options: object): Promise<CantooDocument> };
  readonly PDFName: { of(name: string): unknown };
  readonly PDFString: { of(text: string): unknown; fromDate(date: Date): unknown };
  readonly PDFHexString: { of(hex: string): unknown };
  readonly PDFRef: new (...never: never) => object;
}

type Asn1 = new (options: object) => object;
export interface Asn1js {
  readonly ObjectIdentifier: Asn1;
  readonly OctetString: Asn1;
  readonly Sequence: Asn1;
}

interface SignedData {
  sign(key: CryptoKey, signer: number, hash: string, data: BufferSource): Promise<void>;
  toSchema(encode: boolean): object;
}
interface PkiCertificate {
  readonly issuer: object;
  readonly serialNumber: object;
}
export interface Pkijs {
  readonly Certificate: { fromBER(der: ArrayBuffer): PkiCertificate };
  readonly Attribute: Asn1;
  readonly SignedAndUnsignedAttributes: Asn1;
  readonly SignerInfo: Asn1;
  readonly IssuerAndSerialNumber: Asn1;
  readonly EncapsulatedContentInfo: Asn1;
  readonly SignedData: new (options: object) => SignedData;
  readonly ContentInfo: new (options: object) => { toSchema(): { toBER(): ArrayBuffer } };
}

export interface CantooModules {
  readonly cantoo: Cantoo;
  readonly pkijs: Pkijs;
  readonly asn1js: Asn1js;
}

export interface PeerKey {
  readonly key: CryptoKey;
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
}

const SLOT_HEX = 32_768;
const WIDE = '**********';

/** Adds one invisible PAdES B-B signature. */
export async function signWithCantoo(
  { cantoo, pkijs, asn1js }: CantooModules,
  input: Uint8Array<ArrayBuffer>,
  key: PeerKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const { PDFDocument, PDFName, PDFString, PDFHexString, PDFRef } = cantoo;
  const document = await PDFDocument.load(input, { forIncrementalUpdate: true, updateMetadata: false });
  const { context, catalog } = document;
  const snapshot = document.takeSnapshot();
  const name = (text: string): unknown => PDFName.of(text);
  const dictOf = (value: unknown): PdfDict => context.lookup(value) as PdfDict;

  // The page API of this library rewrites pages; the raw objects are left as they are but for one entry.
  let pageRef: unknown;
  let page = dictOf(catalog.get(name('Pages')));
  for (let kids = page.get(name('Kids')); kids !== undefined; kids = page.get(name('Kids'))) {
    pageRef = (context.lookup(kids) as PdfArray).get(0);
    page = dictOf(pageRef);
  }
  const signatureRef = context.register(
    context.obj({
      Type: 'Sig',
      Filter: 'Adobe.PPKLite',
      SubFilter: 'ETSI.CAdES.detached',
      ByteRange: [0, name(WIDE), name(WIDE), name(WIDE)],
      Contents: PDFHexString.of('0'.repeat(SLOT_HEX)),
      M: PDFString.fromDate(new Date()),
    }),
  );
  const widgetRef = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      Rect: [0, 0, 0, 0],
      V: signatureRef,
      T: PDFString.of(`Peer${String(input.length)}`),
      F: 132,
      P: pageRef,
    }),
  );
  const append = (owner: PdfDict, ownerRef: unknown, entry: string): void => {
    const existing = owner.get(name(entry));
    const array = existing === undefined ? undefined : (context.lookup(existing) as PdfArray);
    if (array === undefined) owner.set(name(entry), context.obj([widgetRef]));
    else array.push(widgetRef);
    snapshot.markRefForSave(existing instanceof PDFRef ? existing : ownerRef);
  };
  append(page, pageRef, 'Annots');
  const root = context.trailerInfo.Root;
  const formRef = catalog.get(name('AcroForm'));
  if (formRef === undefined) {
    catalog.set(name('AcroForm'), context.obj({ Fields: [widgetRef], SigFlags: 3 }));
  } else {
    const form = dictOf(formRef);
    append(form, formRef instanceof PDFRef ? formRef : root, 'Fields');
    form.set(name('SigFlags'), context.obj(3));
  }
  snapshot.markRefForSave(root);
  const increment = await document.saveIncremental(snapshot);

  const whole = new Uint8Array(input.length + increment.length);
  whole.set(input);
  whole.set(increment, input.length);
  const text = latin1(increment);
  const slot = text.indexOf(`<${'0'.repeat(64)}`);
  if (slot < 0) throw new Error('the slot is not in plain sight');
  const from = input.length + slot;
  const to = from + SLOT_HEX + 2;
  const range = /\/ByteRange \[ ?0 \/\*{10} \/\*{10} \/\*{10} ?\]/.exec(text);
  if (!range) throw new Error('the byte range is not in plain sight');
  const values = `/ByteRange [0 ${String(from)} ${String(to)} ${String(whole.length - to)}`;
  whole.set(ascii(`${values.padEnd(range[0].length - 1)}]`), input.length + range.index);

  const covered = new Uint8Array(whole.length - (to - from));
  covered.set(whole.subarray(0, from));
  covered.set(whole.subarray(to), from);
  const cms = await cmsOf({ pkijs, asn1js }, covered, key);
  const hex = Array.from(cms, (byte) => byte.toString(16).padStart(2, '0')).join('');
  whole.set(ascii(hex), from + 1);
  return whole;
}

/** A detached CMS as PAdES wants it. */
export async function cmsOf(
  { pkijs, asn1js }: Omit<CantooModules, 'cantoo'>,
  covered: Uint8Array<ArrayBuffer>,
  { key, certificate, chain }: PeerKey,
): Promise<Uint8Array> {
  const { ObjectIdentifier, OctetString, Sequence } = asn1js;
  const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', bytes);
  const certificates = [certificate, ...chain].map((der) => pkijs.Certificate.fromBER(new Uint8Array(der).buffer));
  const [own] = certificates;
  const certificateHash = new OctetString({ valueHex: await digest(certificate) });
  const signingCertificate = new Sequence({
    value: [new Sequence({ value: [new Sequence({ value: [certificateHash] })] })],
  });
  const attributes = [
    { type: '1.2.840.113549.1.9.3', values: [new ObjectIdentifier({ value: '1.2.840.113549.1.7.1' })] },
    { type: '1.2.840.113549.1.9.4', values: [new OctetString({ valueHex: await digest(covered) })] },
    { type: '1.2.840.113549.1.9.16.2.47', values: [signingCertificate] },
  ];
  const signedData = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: '1.2.840.113549.1.7.1' }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: own?.issuer, serialNumber: own?.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: attributes.map((attribute) => new pkijs.Attribute(attribute)),
        }),
      }),
    ],
    certificates,
  });
  await signedData.sign(key, 0, 'SHA-256', covered);
  const info = new pkijs.ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signedData.toSchema(true) });
  return new Uint8Array(info.toSchema().toBER());
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
