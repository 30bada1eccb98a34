import { isArray, isDict, isRef, type PdfObject, type PdfRef } from '../../pdf/objects.js';
import type { SignatureLock } from '../../signing/index.js';
import { inputShapes, type InputShape } from '../shapes.js';
import { at, dictText, Edit, form, stream } from './edit.js';
import type { Forge, ForgeName } from './forge.js';

/** Objects that tricks work on; numbers differ from file to file. */
export type PartName =
  | 'note' // an empty text field
  | 'dose' // a filled one
  | 'agree' // a check box
  | 'over' // an empty text field over printed text
  | 'second' // an empty signature field
  | 'link'
  | 'ghost' // a hidden comment over printed text
  | 'form'
  | 'cover' // a drawing that hides text on the second page
  | 'coverDraw'
  | 'hiddenContent'
  | 'hiddenPage'
  | 'hiddenFont'
  | 'hiddenLook'
  | 'layerA'
  | 'layerB'
  | 'layers'
  | 'doseLook'
  | 'font';

export type Parts = Readonly<Record<PartName, PdfRef>>;

/** A signed file to be attacked. */
export interface SignedBase {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly shape: string;
  readonly password?: string;
  readonly parts: Parts;
  /** The form before anybody signed. */
  readonly unsigned: Uint8Array<ArrayBuffer>;
  readonly permissions?: 1 | 2 | 3;
  readonly signer: ForgeName;
  readonly locked: boolean;
  readonly forge: Forge;
}

const look = (text: string): string => `BT /Helv 10 Tf 2 5 Td (${text}) Tj ET`;
const widget = (rect: string, more: string): string => `/Type /Annot /Subtype /Widget /F 4 /Rect [${rect}] ${more}`;

/** Adds fields, comments, layers and things that nobody sees to a plain document of two pages. */
export async function furnish(
  bytes: Uint8Array,
  password?: string,
): Promise<readonly [Uint8Array<ArrayBuffer>, Parts]> {
  const edit = await Edit.open(bytes, password);
  const [first, second] = [await edit.page(0), await edit.page(1)];
  const onFirst = `/P ${at(first)}`;
  const font = edit.add(dictText('/Type /Font /Subtype /Type1 /BaseFont /Helvetica'));
  const fonts = `/Resources << /Font << /Helv ${at(font)} >> >>`;
  const field = (name: string, type: string, rect: string, more: string): PdfRef =>
    edit.add(dictText(widget(rect, `/FT /${type} /T (${name}) ${onFirst} ${more}`)));
  const doseLook = edit.add(form(look('10 mg'), fonts));
  const [yes, off] = [edit.add(form('0 0 m 20 20 l S')), edit.add(form(''))];
  const white = edit.add(form('1 g 0 0 200 20 re f'));
  const layer = (name: string): PdfRef => edit.add(dictText(`/Type /OCG /Name (${name})`));
  const [layerA, layerB] = [layer('a'), layer('b')];
  const cover = edit.add(form('1 g 0 0 200 20 re f'));
  const hiddenContent = edit.add(stream('BT /F1 12 Tf 72 720 Td (Other consent form) Tj ET'));
  const pageValues = await edit.entries(first);
  const parent = pageValues.get('Parent');
  const contents = pageValues.get('Contents') ?? null;
  const parts: Parts = {
    note: field('note', 'Tx', '100 500 300 520', '/DA (/Helv 10 Tf)'),
    dose: field('dose', 'Tx', '100 460 300 480', `/DA (/Helv 10 Tf) /V (10 mg) /AP << /N ${at(doseLook)} >>`),
    agree: field(
      'agree',
      'Btn',
      '100 420 120 440',
      `/V /Off /AS /Off /AP << /N << /Yes ${at(yes)} /Off ${at(off)} >> >>`,
    ),
    over: field('over', 'Tx', '60 715 300 735', '/DA (/Helv 10 Tf)'),
    second: field('second', 'Sig', '100 300 300 340', ''),
    link: edit.add(
      dictText('/Type /Annot /Subtype /Link /Rect [100 200 200 220] /A << /S /URI /URI (https://hospital.test/) >>'),
    ),
    ghost: edit.add(dictText(`/Type /Annot /Subtype /FreeText /F 2 /Rect [60 700 300 740] /AP << /N ${at(white)} >>`)),
    form: edit.add(null),
    cover,
    coverDraw: edit.add(
      stream(`q 1 0 0 1 60 715 cm /Cover Do Q /OC /LayerB BDC BT /F1 12 Tf 72 600 Td (second layer) Tj ET EMC`),
    ),
    hiddenContent,
    hiddenPage: edit.add({
      type: 'dict',
      entries: new Map<string, PdfObject>([
        ...pageValues,
        ['Contents', hiddenContent],
        ...(parent ? [['Parent', parent] as const] : []),
      ]),
    }),
    hiddenFont: edit.add(dictText('/Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats')),
    hiddenLook: edit.add(form(look('100 mg'), fonts)),
    layerA,
    layerB,
    layers: edit.add(
      dictText(
        `/OCGs [${at(layerA)} ${at(layerB)}] /D << /ON [${at(layerA)}] /OFF [${at(layerB)}] /Order [${at(layerA)} ${at(layerB)}] >>`,
      ),
    ),
    doseLook,
    font,
  };
  const fields = [parts.note, parts.dose, parts.agree, parts.over, parts.second];
  edit.put(
    parts.form,
    dictText(`/Fields [${fields.map(at).join(' ')}] /DA (/Helv 10 Tf) /DR << /Font << /Helv ${at(font)} >> >>`),
  );
  await edit.set(first, { Annots: [...fields, parts.link, parts.ghost] });
  const resources = await edit.file.resolve(await edit.value(second, 'Resources'));
  const entries = new Map<string, PdfObject>(isDict(resources) ? resources.entries : []);
  entries.set('XObject', dictText(`/Cover ${at(cover)}`));
  entries.set('Properties', dictText(`/LayerB ${at(layerB)}`));
  const drawn = isArray(contents) ? contents : isRef(contents) ? [contents] : [];
  await edit.set(second, { Contents: [...drawn, parts.coverDraw], Resources: { type: 'dict', entries } });
  await edit.set(edit.catalog, {
    AcroForm: parts.form,
    OCProperties: parts.layers,
    Names: '<< /Dests << /Names [] >> >>',
  });
  return [await edit.build(), parts];
}

/** A signed file that is made when it is first asked for. */
export interface BaseRecipe {
  readonly name: string;
  readonly password?: string;
  readonly make: () => Promise<SignedBase>;
}

interface BaseOptions {
  readonly signer?: ForgeName;
  readonly permissions?: 1 | 2 | 3;
  readonly lock?: SignatureLock;
  /** A second person signed, too. */
  readonly twice?: true;
}

function recipe(forge: Forge, shape: InputShape, more: string, options: BaseOptions): BaseRecipe {
  const { name: shapeName, password } = shape;
  const name = [shapeName, more].filter(Boolean).join('+');
  const { permissions, signer = 'doctorRsa' } = options;
  const secret = password === undefined ? {} : { password };
  let made: Promise<SignedBase> | undefined;
  const make = async (): Promise<SignedBase> => {
    const [unsigned, parts] = await furnish(shape.bytes, password);
    const first = await forge.sign(unsigned, {
      signer: await forge.signer(signer),
      slotBytes: 8192,
      ...secret,
      ...(permissions && { certification: { permissions, allowComments: true } }),
      ...(options.lock && { lock: options.lock }),
    });
    const bytes = options.twice
      ? await forge.sign(first, { signer: await forge.signer('doctorEc'), slotBytes: 8192, ...secret })
      : first;
    const locked = options.lock !== undefined;
    return {
      name,
      bytes,
      shape: shapeName,
      ...secret,
      parts,
      unsigned,
      signer,
      locked,
      forge,
      ...(permissions && { permissions }),
    };
  };
  return { name, ...secret, make: () => (made ??= make()) };
}

/** Every shape of file, certified or not; other algorithms, locks and a second signature on the plainest. */
export function baseRecipes(forge: Forge): readonly BaseRecipe[] {
  const shapes = inputShapes();
  const certifiable = shapes.filter(({ name }) => ['table', 'xref-stream', 'object-streams', 'aes-256'].includes(name));
  const levels = certifiable.flatMap((shape) =>
    ([1, 2, 3] as const).map((permissions) => recipe(forge, shape, `P${String(permissions)}`, { permissions })),
  );
  const plain = shapes
    .slice(0, 1)
    .flatMap((shape) => [
      recipe(forge, shape, 'ec', { signer: 'doctorEc' }),
      recipe(forge, shape, 'sm2', { signer: 'doctorSm2' }),
      recipe(forge, shape, 'lock-note', { lock: { action: 'Include', fields: ['note', 'agree'] } }),
      recipe(forge, shape, 'lock-others', { lock: { action: 'Exclude', fields: ['second'] } }),
      recipe(forge, shape, 'lock-all', { lock: { action: 'All' } }),
      recipe(forge, shape, 'twice', { twice: true }),
    ]);
  return [...shapes.map((shape) => recipe(forge, shape, '', {})), ...levels, ...plain];
}
