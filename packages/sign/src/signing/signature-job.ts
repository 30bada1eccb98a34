import type { FormAppearance } from '../appearance/appearance.js';
import { isDict, pdfDict, pdfName, type PdfObject, type PdfRef } from '../pdf/objects.js';
import type { FieldLock, FieldSelection } from '../pdf/read/index.js';
import { dictOf, type Entries } from './changes.js';
import type { SigningContext } from './context.js';
import type { SigningDocument } from './document.js';
import { selectionOf, targetOf, writeField, type FieldTarget } from './field.js';
import { openCatalog } from './form.js';
import { checkCertification, checkPermissions } from './permissions.js';
import { sealPicture, writeSealFields } from './seal-slices.js';
import { checkSeedValue } from './seed-value.js';
import type { SignerFacts } from './signer-facts.js';
import { SignatureSlot, type Prepared } from './slot.js';
import { dateString, textString } from './text.js';
import type { SignatureOptions } from './types.js';
import { askFor, type ValueRequest } from './value.js';

/** What a timestamp token adds at most, with room to spare. */
const TOKEN_BYTES = 8192;
const DEFAULT_SLOT_BYTES = 16_384;

/** A prepared signature: the increment with its empty slot, and the question for the signer. */
export interface PreparedSignature extends Prepared, ValueRequest {
  readonly fieldName: string;
}

/** One signature of one document. */
export class SignatureJob {
  readonly document: SigningDocument;
  readonly options: SignatureOptions;
  readonly facts: SignerFacts;
  readonly #context: SigningContext;
  #slotBytes: number;
  #picture: FormAppearance | undefined;

  constructor(document: SigningDocument, options: SignatureOptions, facts: SignerFacts, context: SigningContext) {
    this.document = document;
    this.options = options;
    this.facts = facts;
    this.#context = context;
    this.#slotBytes = context.setup.slotBytes ?? this.#estimate();
  }

  /** Makes room for a value that did not fit. */
  grow(valueBytes: number): void {
    this.#slotBytes = Math.max(this.#slotBytes, valueBytes) + DEFAULT_SLOT_BYTES / 4;
  }

  /** Builds the increment, hashes, and asks nobody. Errors: see `signPdf`. */
  async prepare(): Promise<PreparedSignature> {
    const { setup, engine } = this.#context;
    const changes = this.document.changes();
    const fields = await changes.signatureFields();
    const target = await targetOf(changes, fields, this.options.field);
    checkPermissions(fields, { name: target.name, visible: target.visible, existing: target.existing !== undefined });
    checkCertification(fields, this.options.certification);
    const lock = target.existing?.lock ?? (this.options.lock && selectionOf(this.options.lock));
    const slot = new SignatureSlot(this.#slotBytes);
    const { filter, subFilter } = this.#names();
    if (target.existing)
      await checkSeedValue(changes, target.existing.dict, {
        filter,
        subFilter,
        digestMethod: this.facts.hash.replace('-', '').toUpperCase(),
        reason: this.options.reason,
        permissions: this.options.certification?.permissions ?? 0,
      });
    const catalog = await openCatalog(changes);
    const more = this.#entries(catalog.ref, lock);
    const value = changes.add(slot.dictionary('Sig', filter, subFilter, more));
    if (this.options.certification) {
      const known = catalog.entries.get('Perms');
      const permissions = isDict(await changes.get(known))
        ? await changes.entries(known)
        : new Map<string, PdfObject>();
      catalog.entries.set('Perms', dictOf(permissions.set('DocMDP', value)));
      changes.set(catalog.ref, dictOf(catalog.entries));
    }
    const form = await this.#draw(target);
    await writeField(changes, target, value, { form: form && changes.addForm(form), lock });
    if (this.options.seal?.mode === 'fields') await writeSealFields(changes, fields, this.options.seal);
    const prepared = await slot.build(changes);
    const digest = await this.document.digest(this.facts.hash, prepared.increment, prepared.hole, {
      engine,
      mode: setup.mode,
    });
    const asked = await askFor(this.facts, this.options, { ...prepared, digest }, this.#context);
    return { ...prepared, ...asked, fieldName: target.name };
  }

  #names(): { filter: string; subFilter: string } {
    if (this.facts.way === 'seal') return this.options.sealFilter ?? { filter: 'GM.PKILite', subFilter: 'GM.sm2seal' };
    return { filter: 'Adobe.PPKLite', subFilter: this.options.subFilter ?? 'ETSI.CAdES.detached' };
  }

  #entries(catalog: PdfRef, lock: FieldLock | FieldSelection | undefined): Entries {
    const { name, location, reason, contactInfo, certification } = this.options;
    const entries: Entries = new Map([['M', dateString(this.#context.time)]]);
    for (const [key, text] of Object.entries({
      Name: name,
      Location: location,
      Reason: reason,
      ContactInfo: contactInfo,
    }))
      if (text !== undefined) entries.set(key, textString(text));
    const permissions = certification?.permissions ?? (lock && 'permissions' in lock ? lock.permissions : undefined);
    const references = [
      ...(permissions ? [transform('DocMDP', { P: permissions })] : []),
      ...(lock ? [transform('FieldMDP', selectionEntries(lock), catalog)] : []),
    ];
    if (references.length > 0) entries.set('Reference', references);
    return entries;
  }

  /** Asked once: a second preparation with a larger slot shows the same picture. */
  async #draw(target: FieldTarget): Promise<FormAppearance | undefined> {
    const { widthPt, heightPt, visible, name, page } = target;
    const { identity, certificate } = this.facts;
    if (visible)
      this.#picture ??=
        sealPicture(this.options.seal) ??
        (await this.options.appearance?.({
          identity,
          subjectName: certificate.subject.commonName ?? '',
          time: this.#context.time,
          fieldName: name,
          widthPt,
          heightPt,
          rotate: page.rotate,
        }));
    return this.#picture;
  }

  #estimate(): number {
    const { identity } = this.facts;
    const certificates = [identity.certificate, ...identity.chain, identity.seal].reduce(
      (sum, der) => sum + (der?.byteLength ?? 0),
      2048,
    );
    return Math.max(DEFAULT_SLOT_BYTES, certificates + (this.#context.reaches('B-T') ? TOKEN_BYTES : 0));
  }
}

const selectionEntries = ({ action, fields }: FieldSelection): Record<string, PdfObject> => ({
  Action: pdfName(action),
  ...(action === 'All' ? {} : { Fields: fields.map(textString) }),
});

/** A signature reference. @source ISO 32000-2 12.8.1 table 256, 12.8.2 */
function transform(method: 'DocMDP' | 'FieldMDP', parameters: Record<string, PdfObject>, data?: PdfRef): PdfObject {
  return pdfDict({
    Type: pdfName('SigRef'),
    TransformMethod: pdfName(method),
    TransformParams: pdfDict({ Type: pdfName('TransformParams'), ...parameters, V: pdfName('1.2') }),
    ...(data ? { Data: data } : {}),
  });
}
