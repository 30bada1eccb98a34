import { isArray, pdfRef, type PdfObject, type PdfRef } from '../../../pdf/objects.js';
import { attacks, type Attack } from '../attack.js';
import type { SignedBase } from '../bases.js';
import { at, dictText, Edit, form, pdf, stream } from '../edit.js';
import type { Random } from '../random.js';

/** A saved update that changes only what `change` says; no update when it gives false. */
export const update =
  (change: (edit: Edit, base: SignedBase, random: Random) => Promise<unknown>): Attack['make'] =>
  async (base, random) => {
    const edit = await Edit.open(base.bytes, base.password);
    return (await change(edit, base, random)) === false ? undefined : edit.build();
  };

const FORGED = 'BT /F1 12 Tf 72 720 Td (Forged consent) Tj ET';

async function contentsOf(edit: Edit, page: PdfRef): Promise<readonly PdfObject[]> {
  const value = await edit.value(page, 'Contents');
  const list = isArray(value) ? value : [value];
  return list;
}

/** The resources of a page under a key, with one entry more or other. */
async function setResource(edit: Edit, page: PdfRef, key: string, name: string, value: PdfRef): Promise<void> {
  const resources = await edit.file.resolve(await edit.value(page, 'Resources'));
  const entries = new Map((resources as ReturnType<typeof dictText>).entries);
  const old = await edit.file.resolve(entries.get(key) ?? null);
  const inner = new Map(old === null ? [] : (old as ReturnType<typeof dictText>).entries);
  inner.set(name, value);
  entries.set(key, { type: 'dict', entries: inner });
  await edit.set(page, { Resources: { type: 'dict', entries } });
}

export const shadowAttacks = attacks('shadow', {
  'hide-cover-empty': update(async (edit, { parts }) => edit.put(parts.cover, form(''))),
  'hide-cover-null': update(async (edit, { parts }) => edit.put(parts.cover, null)),
  'hide-cover-moved': update(async (edit, { parts }) => edit.set(parts.cover, { Matrix: '[1 0 0 1 900 900]' })),
  'hide-cover-small': update(async (edit, { parts }) => edit.set(parts.cover, { BBox: '[0 0 0 0]' })),
  'hide-cover-image': update(async (edit, { parts }) =>
    edit.put(
      parts.cover,
      stream('\xff', '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8'),
    ),
  ),
  'hide-cover-layer': update(async (edit, { parts }) => edit.set(parts.cover, { OC: at(parts.layerB) })),
  'hide-draw-empty': update(async (edit, { parts }) => edit.put(parts.coverDraw, stream(' '))),
  'hide-contents-shorter': update(async (edit) => {
    const page = await edit.page(1);
    await edit.set(page, { Contents: (await contentsOf(edit, page)).slice(0, 1) });
  }),
  'hide-resource': update(async (edit, { parts }) =>
    setResource(edit, await edit.page(1), 'XObject', 'Cover', parts.hiddenLook),
  ),
  'replace-contents': update(async (edit, { parts }) => edit.set(await edit.page(), { Contents: parts.hiddenContent })),
  'replace-contents-more': update(async (edit, { parts }) =>
    edit.push(await edit.page(1), 'Contents', parts.hiddenContent),
  ),
  'replace-contents-new': update(async (edit) => edit.set(await edit.page(), { Contents: edit.add(stream(FORGED)) })),
  'replace-content-stream': update(async (edit) => {
    const [first] = await contentsOf(edit, await edit.page());
    return edit.put(first as PdfRef, stream(FORGED));
  }),
  'replace-content-digit': update(async (edit) => {
    const [first] = await contentsOf(edit, await edit.page());
    return edit.put(first as PdfRef, stream('BT /F1 12 Tf 72 720 Td (Anjuan consent farm) Tj ET'));
  }),
  'replace-content-null': update(async (edit) =>
    edit.put((await contentsOf(edit, await edit.page()))[0] as PdfRef, null),
  ),
  'replace-kids': update(async (edit, { parts }) => {
    const pages = await edit.ref(edit.catalog, 'Pages');
    const kids = await edit.value(pages, 'Kids');
    await edit.set(pages, { Kids: [parts.hiddenPage, ...(isArray(kids) ? kids.slice(1) : [])] });
  }),
  'replace-page-object': update(async (edit, { parts }) => {
    const page = await edit.page();
    return edit.put(page, { type: 'dict', entries: await edit.entries(parts.hiddenPage) });
  }),
  'replace-page-tree': update(async (edit, { parts }) => {
    const tree = edit.add(dictText(`/Type /Pages /Kids [${at(parts.hiddenPage)}] /Count 1 /MediaBox [0 0 595 842]`));
    await edit.set(edit.catalog, { Pages: tree });
  }),
  'replace-font': update(async (edit) => {
    const page = await edit.page();
    const resources = (await edit.file.resolve(await edit.value(page, 'Resources'))) as ReturnType<typeof dictText>;
    const fonts = (await edit.file.resolve(resources.entries.get('Font'))) as ReturnType<typeof dictText>;
    const font = fonts.entries.get('F1') as PdfRef;
    return edit.set(font, { BaseFont: '/ZapfDingbats' });
  }),
  'replace-font-resource': update(async (edit, { parts }) =>
    setResource(edit, await edit.page(), 'Font', 'F1', parts.hiddenFont),
  ),
  'replace-font-encoding': update(async (edit, { parts }) =>
    edit.set(parts.font, { Encoding: '<< /Type /Encoding /Differences [49 /nine] >>' }),
  ),
  'replace-font-type3': update(async (edit, { parts }) => {
    const glyph = edit.add(stream('500 0 d0 0 0 500 500 re f'));
    return edit.put(
      parts.font,
      dictText(
        `/Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 49 /LastChar 49 /Widths [500] /Encoding << /Differences [49 /a] >> /CharProcs << /a ${at(glyph)} >>`,
      ),
    );
  }),
  'replace-resources-dropped': update(async (edit) => edit.set(await edit.page(), { Resources: '<< >>' })),
  'reveal-layer': update(async (edit, { parts }) =>
    edit.set(parts.layers, { D: `<< /ON [${at(parts.layerB)}] /OFF [${at(parts.layerA)}] >>` }),
  ),
  'reveal-layer-base': update(async (edit, { parts }) => edit.set(parts.layers, { D: '<< /BaseState /ON >>' })),
  'reveal-layer-usage': update(async (edit, { parts }) =>
    edit.set(parts.layerB, { Usage: '<< /View << /ViewState /ON >> >>' }),
  ),
  'reveal-layers-gone': update(async (edit) => edit.set(edit.catalog, { OCProperties: '' })),
  'reveal-layer-configs': update(async (edit, { parts }) =>
    edit.set(parts.layers, { Configs: `[<< /ON [${at(parts.layerB)}] >>]` }),
  ),
  'reveal-ghost': update(async (edit, { parts }) => edit.set(parts.ghost, { F: '4' })),
  'reveal-ghost-flags-gone': update(async (edit, { parts }) => edit.set(parts.ghost, { F: '' })),
  'outside-stream': update(async (edit) =>
    edit.set(await edit.page(), { Contents: edit.add(stream('', '/F (other.txt)')) }),
  ),
  'group-blended': update(async (edit) =>
    edit.set(await edit.page(), { Group: '<< /S /Transparency /CS /DeviceRGB >>' }),
  ),
  'catalog-swapped': update(async (edit, { parts }) => {
    const tree = edit.add(dictText(`/Type /Pages /Kids [${at(parts.hiddenPage)}] /Count 1`));
    const old = await edit.entries(edit.catalog);
    old.set('Pages', tree);
    return edit.put(pdfRef(edit.catalog.number), { type: 'dict', entries: old });
  }),
  'parent-elsewhere': update(async (edit) => {
    const tree = edit.add(pdf('<< /Type /Pages /Kids [] /Count 0 /Rotate 180 >>'));
    await edit.set(await edit.page(), { Parent: tree });
  }),
});
