import { signError } from '../errors/sign-codes.js';
import type { FieldSelection, SignatureField } from '../pdf/read/index.js';
import type { SignatureOptions } from './types.js';

/** `signature-forbidden` with its reason. */
export const forbidden = (reason: string): Error => signError('signature-forbidden', { details: { reason } });

/** True when the selection names the field or one above it. @source ISO 32000-2 12.8.2.4 */
function selects({ action, fields }: FieldSelection, name: string): boolean {
  const named = fields.some((field) => name === field || name.startsWith(`${field}.`));
  return action === 'All' || named === (action === 'Include');
}

/**
 * Obeys what earlier signatures forbid. New visible fields are not allowed in certified documents: they could cover text.
 * Errors: `signature-forbidden`. @source ISO 32000-2 12.8.2.2, 12.8.2.4, 12.7.5.5
 */
export function checkPermissions(
  fields: readonly SignatureField[],
  target: { readonly name: string; readonly visible: boolean; readonly existing: boolean },
): void {
  for (const { value, lock } of fields) {
    if (!value) continue;
    const permissions = Math.min(value.docMdp ?? 3, lock?.permissions ?? 3);
    if (permissions === 1) throw forbidden('certified-no-changes');
    if ([value.fieldMdp, lock].some((selection) => selection && selects(selection, target.name)))
      throw forbidden('field-locked');
    if ((value.certifies || value.docMdp) && target.visible && !target.existing)
      throw forbidden('certified-no-new-visible-field');
  }
}

/** Certification comes first, and never lets comments in without being told to. Errors: `signature-forbidden`. */
export function checkCertification(
  fields: readonly SignatureField[],
  certification: SignatureOptions['certification'],
): void {
  if (!certification) return;
  if (fields.some(({ value }) => value)) throw forbidden('certification-not-first');
  if (certification.permissions === 3 && !certification.allowComments) throw forbidden('certification-comments');
}
