import { attacks, type Attack } from '../attack.js';
import type { Parts } from '../bases.js';
import { at, dictText, form, pdf } from '../edit.js';
import { update } from './shadow.js';

const look = (text: string, { font }: Parts): ReturnType<typeof form> =>
  form(`BT /Helv 10 Tf 2 5 Td (${text}) Tj ET`, `/Resources << /Font << /Helv ${at(font)} >> >>`);

const structure: Readonly<Record<string, Attack['make']>> = {
  'look-swapped': update(async (edit, { parts }) => edit.set(parts.dose, { AP: `<< /N ${at(parts.hiddenLook)} >>` })),
  'look-new': update(async (edit, { parts }) =>
    edit.set(parts.dose, { AP: `<< /N ${at(edit.add(look('99 mg', parts)))} >>` }),
  ),
  'look-stream': update(async (edit, { parts }) => edit.put(parts.doseLook, look('99 mg', parts))),
  'look-empty': update(async (edit, { parts }) => edit.put(parts.doseLook, form(''))),
  'look-gone': update(async (edit, { parts }) => edit.set(parts.dose, { AP: '' })),
  'look-down': update(async (edit, { parts }) =>
    edit.set(parts.dose, { AP: `<< /N ${at(parts.doseLook)} /D ${at(parts.hiddenLook)} >>` }),
  ),
  'look-of-empty-field': update(async (edit, { parts }) =>
    edit.set(parts.note, { AP: `<< /N ${at(edit.add(look('refused', parts)))} >>` }),
  ),
  'look-over-text': update(async (edit, { parts }) => edit.set(parts.over, { AP: `<< /N ${at(parts.cover)} >>` })),
  'look-boxes-swapped': update(async (edit, { parts }) => {
    const states = (await edit.entries(parts.agree)).get('AP') as ReturnType<typeof dictText>;
    const normal = states.entries.get('N') as ReturnType<typeof dictText>;
    const [yes, off] = [normal.entries.get('Yes') ?? null, normal.entries.get('Off') ?? null];
    const swapped = {
      type: 'dict',
      entries: new Map([
        ['Yes', off],
        ['Off', yes],
      ]),
    } as const;
    return edit.set(parts.agree, { AP: { type: 'dict', entries: new Map([['N', swapped]]) } });
  }),
  'state-without-value': update(async (edit, { parts }) => edit.set(parts.agree, { AS: '/Yes' })),
  'value-without-state': update(async (edit, { parts }) => edit.set(parts.agree, { V: '/Yes' })),
  'value-without-look': update(async (edit, { parts }) => edit.set(parts.dose, { V: '(100 mg)' })),
  'value-other-look': update(async (edit, { parts }) =>
    edit.set(parts.dose, { V: '(10 mg daily)', AP: `<< /N ${at(edit.add(look('100 mg', parts)))} >>` }),
  ),
  'value-new-other-look': update(async (edit, { parts }) =>
    edit.set(parts.note, { V: '(agreed)', AP: `<< /N ${at(edit.add(look('refused', parts)))} >>` }),
  ),
  'field-moved': update(async (edit, { parts }) => edit.set(parts.dose, { Rect: '[60 700 300 740]' })),
  'field-renamed': update(async (edit, { parts }) => edit.set(parts.dose, { T: '(other)' })),
  'field-other-type': update(async (edit, { parts }) => edit.set(parts.dose, { FT: '/Btn' })),
  'field-hidden': update(async (edit, { parts }) => edit.set(parts.dose, { F: '2' })),
  'field-font': update(async (edit, { parts }) => edit.set(parts.dose, { DA: '(/Helv 1 Tf)' })),
  'field-label': update(async (edit, { parts }) => edit.set(parts.dose, { TU: '(other question)' })),
  'field-default': update(async (edit, { parts }) => edit.set(parts.dose, { DV: '(100 mg)' })),
  'field-maxlen': update(async (edit, { parts }) => edit.set(parts.dose, { MaxLen: '2' })),
  'field-multiline': update(async (edit, { parts }) => edit.set(parts.dose, { Ff: '4096' })),
  'field-password': update(async (edit, { parts }) => edit.set(parts.dose, { Ff: '8192' })),
  'field-export-name': update(async (edit, { parts }) => edit.set(parts.dose, { TM: '(other)' })),
  'field-colours': update(async (edit, { parts }) => edit.set(parts.dose, { MK: '<< /BG [0 0 0] >>' })),
  'field-script': update(async (edit, { parts }) =>
    edit.set(parts.note, { AA: '<< /F << /S /JavaScript /JS (x) >> >>' }),
  ),
  'field-action': update(async (edit, { parts }) => edit.set(parts.agree, { A: '<< /S /JavaScript /JS (x) >>' })),
  'field-gone': update(async (edit, { parts }) =>
    edit.set(parts.form, { Fields: [parts.note, parts.agree, parts.over, parts.second] }),
  ),
  'field-null': update(async (edit, { parts }) => edit.put(parts.dose, null)),
  'field-added': update(async (edit, { parts }) => {
    const page = await edit.page(1);
    const field = edit.add(
      dictText(`/Type /Annot /Subtype /Widget /FT /Tx /T (more) /Rect [10 10 90 30] /P ${at(page)} /V (x) /F 4`),
    );
    await edit.push(page, 'Annots', field);
    await edit.push(parts.form, 'Fields', field);
  }),
  'field-twin': update(async (edit, { parts }) => {
    const page = await edit.page(1);
    const field = edit.add({ type: 'dict', entries: await edit.entries(parts.dose) });
    await edit.push(page, 'Annots', field);
    await edit.push(parts.form, 'Fields', field);
  }),
  'kid-added': update(async (edit, { parts }) => {
    const kid = edit.add(
      dictText(
        `/Type /Annot /Subtype /Widget /Rect [60 700 300 740] /Parent ${at(parts.dose)} /AP << /N ${at(parts.cover)} >>`,
      ),
    );
    await edit.push(await edit.page(), 'Annots', kid);
    await edit.set(parts.dose, { Kids: [kid] });
  }),
  'form-default-look': update(async (edit, { parts }) => edit.set(parts.form, { DA: '(/Helv 1 Tf)' })),
  'form-font-swapped': update(async (edit, { parts }) =>
    edit.set(parts.form, { DR: `<< /Font << /Helv ${at(parts.hiddenFont)} >> >>` }),
  ),
  'form-order': update(async (edit, { parts }) => edit.set(parts.form, { CO: [parts.dose] })),
  'form-xfa': update(async (edit, { parts }) => edit.set(parts.form, { XFA: edit.add(form('<xdp/>')) })),
  'form-replaced': update(async (edit) => edit.set(edit.catalog, { AcroForm: edit.add(pdf('<< /Fields [] >>')) })),
  'form-gone': update(async (edit) => edit.set(edit.catalog, { AcroForm: '' })),
};

/** Filling what may not be filled: locked fields, or anything under P = 1. */
const fill =
  (change: Attack['make']): Attack['make'] =>
  async (base, random) =>
    base.locked || base.permissions === 1 ? change(base, random) : undefined;

const locked: Readonly<Record<string, Attack['make']>> = {
  note: fill(update(async (edit, { parts }) => edit.set(parts.note, { V: '(agreed)' }))),
  'note-with-look': fill(
    update(async (edit, { parts }) =>
      edit.set(parts.note, { V: '(agreed)', AP: `<< /N ${at(edit.add(look('agreed', parts)))} >>` }),
    ),
  ),
  box: fill(update(async (edit, { parts }) => edit.set(parts.agree, { V: '/Yes', AS: '/Yes' }))),
  both: fill(
    update(async (edit, { parts }) => {
      await edit.set(parts.note, { V: '(x)' });
      return edit.set(parts.agree, { V: '/Yes', AS: '/Yes' });
    }),
  ),
};

export const formAttacks = [...attacks('form', structure), ...attacks('locked-field', locked)];
