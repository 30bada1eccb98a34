import { AnjuanError } from '@anjuan/core';
import { parseSignedData, parseTimestampToken, type SignedData } from '../cms/index.js';
import { signError } from '../errors/sign-codes.js';
import { isArray, isDict, isRef, isStream, pdfDict, pdfName, type PdfObject } from '../pdf/objects.js';
import type { SignatureValue } from '../pdf/read/index.js';
import { dictOf, type Changes } from './changes.js';
import type { SigningContext } from './context.js';
import type { SigningDocument } from './document.js';
import { emptyValidationData, type Seeds, type ValidationData } from './evidence.js';
import { openCatalog } from './form.js';
import type { SignerFacts } from './signer-facts.js';

const KINDS = ['Certs', 'OCSPs', 'CRLs'] as const;

/** Whose certificates are proven: those of all signatures, of the newest document timestamp, or of what was just signed. */
export type ValidationScope =
  'all' | 'last-timestamp' | { readonly facts: readonly SignerFacts[]; readonly fields: ReadonlySet<string> };

/**
 * Adds the chains and the revocation evidence of signatures and their timestamps to the document security store. What was
 * just signed (`scope` with its facts) must be proven by evidence that holds today; for what is older, evidence that is in the
 * store already will do. Errors: `signature-absent`, `certificate-revoked`,
 * `revocation-unavailable`. @source ISO 32000-2 12.8.4.3; ETSI EN 319 142-1 5.4.2
 */
export async function addValidation(
  document: SigningDocument,
  context: SigningContext,
  scope: ValidationScope,
): Promise<void> {
  const own = typeof scope === 'object' ? scope : undefined;
  const seeds: Seeds = {
    signers: own?.facts.map(({ certificate }) => certificate) ?? [],
    others: own?.facts.flatMap(({ identity }) => identity.chain) ?? [],
  };
  const changes = document.changes();
  const fields = await changes.signatureFields();
  const signed = fields.filter(({ value, name }) => value && (!own || own.fields.has(name)));
  const stamps = signed.filter(({ value }) => value?.kind === 'DocTimeStamp');
  const newest = stamps.sort((first, second) => (first.value?.revision ?? 0) - (second.value?.revision ?? 0)).slice(-1);
  for (const { value } of scope === 'last-timestamp' && newest.length > 0 ? newest : signed)
    if (value) seedsOf(value, seeds);
  if (seeds.signers.length === 0) throw signError('signature-absent');
  const catalog = await openCatalog(changes);
  const at = catalog.entries.get('DSS');
  const known = isDict(await changes.get(at));
  const store = known ? await changes.entries(at) : new Map<string, PdfObject>([['Type', pdfName('DSS')]]);
  const data = emptyValidationData();
  const stored = await storedValues(changes, store, context);
  await context.evidence.collect(data, seeds, own ? undefined : stored);
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
  await document.append(await changes.build());
}

/** Values that are in the store already. */
async function storedValues(
  changes: Changes,
  store: ReadonlyMap<string, PdfObject>,
  { abort }: SigningContext,
): Promise<ValidationData> {
  const data = emptyValidationData();
  for (const kind of KINDS) {
    const values = await changes.get(store.get(kind));
    for (const value of isArray(values) ? values : []) {
      const stream = await changes.get(value);
      if (isStream(stream)) data[kind].add(await changes.file.decode(stream, abort));
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
