import { AnjuanError } from '@anjuan/core';
import { parseSignedData, parseTimestampToken, type SignedData } from '../cms/index.js';
import { signError } from '../errors/sign-codes.js';
import { isArray, isDict, isRef, isStream, pdfDict, pdfName, type PdfObject } from '../pdf/objects.js';
import { listSignatureFields, type SignatureValue } from '../pdf/read/index.js';
import { buildIncrement } from '../pdf/write/index.js';
import type { Certificate } from '../x509/index.js';
import { Changes, dictOf } from './changes.js';
import type { SigningContext } from './context.js';
import type { SigningDocument } from './document.js';
import { emptyValidationData, type ValidationData } from './evidence.js';
import { openCatalog } from './form.js';
import type { SignerFacts } from './signer-facts.js';

const KINDS = ['Certs', 'OCSPs', 'CRLs'] as const;

/** Whose certificates are to be proven, and certificates that may stand above them. */
interface Seeds {
  readonly signers: Certificate[];
  readonly others: Uint8Array[];
}

/**
 * Adds the chains and the revocation evidence of signatures and their timestamps to the document security store. With `own`
 * only these signers count, and proof must hold today. Errors: `signature-absent`, `certificate-revoked`,
 * `revocation-unavailable`. @source ISO 32000-2 12.8.4.3; ETSI EN 319 142-1 5.4.2
 */
export async function addValidation(
  document: SigningDocument,
  context: SigningContext,
  own?: { readonly facts: readonly SignerFacts[]; readonly fields: ReadonlySet<string> },
): Promise<void> {
  const { file } = document;
  const { signal } = context;
  const seeds: Seeds = {
    signers: own?.facts.map(({ certificate }) => certificate) ?? [],
    others: own?.facts.flatMap(({ identity }) => identity.chain) ?? [],
  };
  for (const { value, name } of await listSignatureFields(file, signal ? { signal } : {}))
    if (value && (!own || own.fields.has(name))) seedsOf(value, seeds);
  if (seeds.signers.length === 0) throw signError('signature-absent');
  const changes = new Changes(file, signal);
  const catalog = await openCatalog(changes);
  const at = catalog.entries.get('DSS');
  const known = isDict(await changes.get(at));
  const store = known ? await changes.entries(at) : new Map<string, PdfObject>([['Type', pdfName('DSS')]]);
  const data = emptyValidationData();
  const stored = await storedValues(changes, store, context);
  await context.evidence.collect(data, seeds.signers, [...seeds.others, ...stored.Certs.values], own !== undefined);
  let changed = false;
  for (const kind of KINDS) {
    const added = data[kind].values.filter((der) => stored[kind].add(der));
    if (added.length === 0) continue;
    const refs = added.map((bytes) => changes.add({ type: 'new-stream', dict: pdfDict({}), bytes }));
    changed = (await changes.append(store, kind, refs)) || changed;
  }
  if (changes.objects.size === 0) return;
  if (isRef(at) && known) {
    if (changed) changes.set(at, dictOf(store));
  } else {
    catalog.entries.set('DSS', known ? dictOf(store) : changes.add(dictOf(store)));
    changes.set(catalog.ref, dictOf(catalog.entries));
  }
  await document.append(await buildIncrement(file, { objects: changes.objects, ...(signal ? { signal } : {}) }));
}

/** Values that are in the store already. */
async function storedValues(
  changes: Changes,
  store: ReadonlyMap<string, PdfObject>,
  { signal }: SigningContext,
): Promise<ValidationData> {
  const data = emptyValidationData();
  for (const kind of KINDS) {
    const values = await changes.get(store.get(kind));
    for (const value of isArray(values) ? values : []) {
      const stream = await changes.get(value);
      if (isStream(stream)) data[kind].add(await changes.file.decode(stream, signal ? { signal } : {}));
    }
  }
  return data;
}

/** Signers of one value and of its timestamps. A value that cannot be read adds nothing: no store could help it. */
function seedsOf({ contents, kind }: SignatureValue, seeds: Seeds): void {
  if (!contents) return;
  try {
    const signed = kind === 'DocTimeStamp' ? parseTimestampToken(contents).signedData : parseSignedData(contents);
    takeSigned(signed, seeds);
    for (const { signatureTimestamps } of signed.signers)
      for (const token of signatureTimestamps) takeSigned(parseTimestampToken(token).signedData, seeds);
  } catch (error) {
    if (!AnjuanError.is(error, 'cms-malformed')) throw error;
  }
}

function takeSigned({ signers, certificates }: SignedData, seeds: Seeds): void {
  seeds.signers.push(...signers.flatMap(({ certificate }) => certificate ?? []));
  seeds.others.push(...certificates.map(({ der }) => der));
}
