import { isRef, type PdfRef } from '../../../pdf/objects.js';
import { listSignatureFields } from '../../../pdf/read/index.js';
import { attacks, type Attack } from '../attack.js';
import { at, dictText, stream, type Edit } from '../edit.js';
import { update } from './shadow.js';

interface Signed {
  readonly field: PdfRef;
  readonly value: PdfRef;
}

async function signedField({ file }: Edit): Promise<Signed> {
  const fields = await listSignatureFields(file);
  const found = fields.filter(({ value }) => value?.ref).at(-1);
  if (!found?.fieldRef || !found.value?.ref) throw new RangeError('No signature');
  return { field: found.fieldRef, value: found.value.ref };
}

/** A later update writes the signature's own dictionary anew. */
const rewrite = (changes: Readonly<Record<string, string>>): Attack['make'] =>
  update(async (edit) => edit.set((await signedField(edit)).value, changes));

const field = (change: (edit: Edit, signed: Signed) => Promise<unknown>): Attack['make'] =>
  update(async (edit) => change(edit, await signedField(edit)));

/** A field more that shows the value of the signature, or a copy of it. */
const twin = (more: string, copy: (edit: Edit, value: PdfRef) => Promise<PdfRef>): Attack['make'] =>
  update(async (edit, { parts }) => {
    const { value } = await signedField(edit);
    const page = await edit.page();
    const shown = await copy(edit, value);
    const added = edit.add(
      dictText(`/Type /Annot /Subtype /Widget /FT /Sig /T (twin) /F 132 /P ${at(page)} ${more} /V ${at(shown)}`),
    );
    await edit.push(page, 'Annots', added);
    await edit.push(parts.form, 'Fields', added);
  });
const same = (_edit: Edit, value: PdfRef): Promise<PdfRef> => Promise.resolve(value);
const copied = async (edit: Edit, value: PdfRef): Promise<PdfRef> =>
  edit.add({ type: 'dict', entries: await edit.entries(value) });

const validation = (text: (edit: Edit) => string): Attack['make'] =>
  update(async (edit) => edit.set(edit.catalog, { DSS: text(edit) }));

/** A document timestamp that nobody stamped. */
const stamp = (value: (edit: Edit) => string, more = '/Rect [0 0 0 0]'): Attack['make'] =>
  update(async (edit, { parts }) => {
    const page = await edit.page();
    const dict = edit.add(dictText(value(edit)));
    const added = edit.add(
      dictText(`/Type /Annot /Subtype /Widget /FT /Sig /T (stamp) /F 132 /P ${at(page)} ${more} /V ${at(dict)}`),
    );
    await edit.push(page, 'Annots', added);
    await edit.push(parts.form, 'Fields', added);
  });
const STAMP = '/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161';

export const dictionaryAttacks = [
  ...attacks('signature-dictionary', {
    reason: rewrite({ Reason: '(Refused)' }),
    name: rewrite({ Name: '(Somebody else)' }),
    time: rewrite({ M: '(D:20200101000000Z)' }),
    location: rewrite({ Location: '(Elsewhere)' }),
    contact: rewrite({ ContactInfo: '(Elsewhere)' }),
    'sub-filter': rewrite({ SubFilter: '/adbe.pkcs7.sha1' }),
    'sub-filter-detached': rewrite({ SubFilter: '/adbe.pkcs7.detached' }),
    'sub-filter-unknown': rewrite({ SubFilter: '/Forged' }),
    filter: rewrite({ Filter: '/Entrust.PPKEF' }),
    type: rewrite({ Type: '/DocTimeStamp' }),
    contents: rewrite({ Contents: '<3003020100>' }),
    'byte-range': rewrite({ ByteRange: '[0 10 20 30]' }),
    'byte-range-gone': rewrite({ ByteRange: '' }),
    reference: rewrite({ Reference: '[<< /TransformMethod /DocMDP /TransformParams << /P 3 /V /1.2 >> >>]' }),
    'build-data': rewrite({ Prop_Build: '<< /App << /Name /Forged >> >>' }),
    certificate: rewrite({ Cert: '<3000>' }),
    changes: rewrite({ Changes: '[0 0 0]' }),
    'value-null': field((edit, { value }) => Promise.resolve(edit.put(value, null))),
    'value-gone': field((edit, signed) => edit.set(signed.field, { V: '' })),
    'value-empty': field((edit, signed) => edit.set(signed.field, { V: '<< /Type /Sig >>' })),
    'value-copied': field(async (edit, signed) => edit.set(signed.field, { V: await copied(edit, signed.value) })),
    'value-inline': field(async (edit, signed) =>
      edit.set(signed.field, { V: { type: 'dict', entries: await edit.entries(signed.value) } }),
    ),
    'field-renamed': field((edit, signed) => edit.set(signed.field, { T: '(Other)' })),
    'field-other-type': field((edit, signed) => edit.set(signed.field, { FT: '/Tx' })),
    'field-shown': field((edit, { field: ref }) =>
      edit.set(ref, {
        Rect: '[60 700 300 740]',
        AP: `<< /N ${at(edit.add(stream('1 g 0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]')))} >>`,
      }),
    ),
    'field-lock-lifted': field((edit, signed) =>
      edit.set(signed.field, { Lock: '<< /Type /SigFieldLock /Action /Include /Fields [] >>' }),
    ),
    'field-seed-value': field((edit, signed) => edit.set(signed.field, { SV: '<< /Type /SV >>' })),
    'field-null': field((edit, signed) => Promise.resolve(edit.put(signed.field, null))),
    'certification-gone': update(async (edit, { permissions }) =>
      permissions ? edit.set(edit.catalog, { Perms: '' }) : false,
    ),
    'certification-other': update(async (edit) => edit.set(edit.catalog, { Perms: '<< /UR3 1 0 R >>' })),
    'form-signatures-unflagged': update(async (edit, { parts }) => edit.set(parts.form, { SigFlags: '0' })),
  }),
  ...attacks('shared-value', {
    invisible: twin('/Rect [0 0 0 0]', same),
    visible: twin('/Rect [100 100 300 140]', same),
    'over-text': twin('/Rect [60 700 300 740]', same),
    copied: twin('/Rect [0 0 0 0]', copied),
    'copied-other-reason': twin('/Rect [0 0 0 0]', async (edit, value) => {
      const copy = await copied(edit, value);
      await edit.set(copy, { Reason: '(Refused)' });
      return copy;
    }),
    'existing-field': update(async (edit, { parts }) => edit.set(parts.second, { V: (await signedField(edit)).value })),
    'existing-field-copied': update(async (edit, { parts }) =>
      edit.set(parts.second, { V: await copied(edit, (await signedField(edit)).value) }),
    ),
  }),
  ...attacks('validation-data', {
    'dss-script': validation(() => '<< /Type /DSS /JS (x) >>'),
    'dss-page': validation((edit) => `<< /Type /DSS /Certs [${at(edit.add(dictText('/Type /Page')))}] >>`),
    'dss-catalog': validation((edit) => at(edit.catalog)),
    'dss-text': validation(() => '(none)'),
    'dss-array': validation(() => '[1 2 3]'),
    'dss-certs-text': validation(() => '<< /Type /DSS /Certs [(x)] >>'),
    'dss-certs-name': validation(() => '<< /Type /DSS /Certs /All >>'),
    'dss-vri-action': validation(() => '<< /Type /DSS /VRI << /A << /S /JavaScript /JS (x) >> >> >>'),
    'dss-vri-list': validation(() => '<< /Type /DSS /VRI [1] >>'),
    'dss-form': validation(() => '<< /Type /DSS /XFA (x) >>'),
    'stamp-empty': stamp(() => STAMP),
    'stamp-no-value': stamp(() => `${STAMP} /ByteRange [0 10 20 30]`),
    'stamp-zero': stamp(() => `${STAMP} /ByteRange [0 10 20 30] /Contents <0000>`),
    'stamp-over-text': stamp(() => `${STAMP} /ByteRange [0 10 20 30] /Contents <30030201>`, '/Rect [60 700 300 740]'),
    'stamp-of-signature': stamp(
      () =>
        '/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 30] /Contents <3000>',
    ),
    'stamp-range-signed': update(async (edit, { parts }) => {
      const { value } = await signedField(edit);
      const entries = await edit.entries(value);
      entries.set('Type', dictText('/A /DocTimeStamp').entries.get('A') ?? null);
      entries.set('SubFilter', dictText('/A /ETSI.RFC3161').entries.get('A') ?? null);
      const copy = edit.add({ type: 'dict', entries });
      return isRef(copy) && edit.set(parts.second, { V: copy });
    }),
  }),
];
