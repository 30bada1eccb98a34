import type { FormAppearance, Placement } from '../appearance/appearance.js';
import { pdfDict, pdfName, type PdfRef } from '../pdf/objects.js';
import type { SignatureField } from '../pdf/read/index.js';
import { dictOf, type Changes } from './changes.js';
import type { SigningDocument } from './document.js';
import { addToPage, addWidgetField, rectOf, rootFields } from './form.js';
import { checkPermissions, forbidden } from './permissions.js';
import type { CrossPageSeal } from './types.js';

const NAME = 'Seal';
/** Read-only; a push button keeps no value. @source ISO 32000-2 tables 227, 229 */
const BUTTON_FLAGS = 65_537;

/** The picture of the signature itself in mode `first-page`. */
export const sealPicture = (seal: CrossPageSeal | undefined): FormAppearance | undefined =>
  seal?.mode === 'first-page' ? seal.slices[0]?.appearance : undefined;

/** Puts the slices on the pages as locked stamps, in a revision of their own. Errors: `signature-forbidden`. */
export async function stampSlices(document: SigningDocument, seal: CrossPageSeal): Promise<void> {
  const changes = document.changes();
  const fields = await changes.signatureFields();
  if (fields.some(({ value }) => value)) throw forbidden('seal-after-signature');
  for (const { placement, appearance } of seal.slices) {
    const page = await changes.page(placement.pageNumber);
    const stamp = changes.add(
      pdfDict({
        Type: pdfName('Annot'),
        Subtype: pdfName('Stamp'),
        Rect: rectOf(placement, page),
        // Print, read-only, locked, contents locked.
        F: 708,
        P: page.ref,
        AP: pdfDict({ N: changes.addForm(appearance) }),
      }),
    );
    await addToPage(changes, page, stamp);
  }
  await document.append(await changes.build());
}

/** Read-only fields that a later seal fills, one for each placement: `Seal-1`, `Seal-2` ... */
export async function addSealFields(
  changes: Changes,
  placements: readonly Placement[],
  name = NAME,
): Promise<readonly PdfRef[]> {
  const refs: PdfRef[] = [];
  for (const [index, placement] of placements.entries()) {
    const page = await changes.page(placement.pageNumber);
    refs.push(
      await addWidgetField(changes, {
        type: 'Btn',
        name: `${name}-${index + 1}`,
        page,
        rect: rectOf(placement, page),
        more: [['Ff', BUTTON_FLAGS]],
      }),
    );
  }
  return refs;
}

/** Fills the prepared fields with the slices, in order. Errors: `signature-forbidden` when there are none or too few. */
export async function writeSealFields(
  changes: Changes,
  fields: readonly SignatureField[],
  { slices, name = NAME }: CrossPageSeal,
): Promise<void> {
  const byName = await rootFields(changes);
  for (const [index, { appearance }] of slices.entries()) {
    const fieldName = `${name}-${index + 1}`;
    const ref = byName.get(fieldName);
    if (!ref) throw forbidden('seal-fields-missing');
    checkPermissions(fields, { name: fieldName, visible: true, existing: true });
    const field = await changes.entries(ref);
    if (field.has('AP')) throw forbidden('seal-fields-used');
    field.set('AP', pdfDict({ N: changes.addForm(appearance) }));
    changes.set(ref, dictOf(field));
  }
}
