import type { SigningContext } from './context.js';
import type { SigningDocument } from './document.js';
import { newName, targetOf, writeField } from './field.js';
import { rootFields } from './form.js';
import { fillSlot, fits, SignatureSlot } from './slot.js';
import { timestampDigest } from './value.js';

const SLOT_BYTES = 12_288;

/**
 * Adds a document timestamp over everything so far. Allowed whatever earlier signatures lock.
 * Errors: `pdf-unsignable`, `signature-slot-small`, those of the timestamp authority. @source ISO 32000-2 12.8.5, 12.8.2.2.2
 */
export async function timestampDocument(document: SigningDocument, context: SigningContext): Promise<void> {
  const { setup, engine } = context;
  const before = document.changes();
  await before.signatureFields();
  const taken = new Set((await rootFields(before)).keys());
  const fieldName = newName(taken, undefined, 'Timestamp');
  for (let slotBytes = setup.slotBytes ?? SLOT_BYTES, again = false; ; again = true) {
    const changes = document.changes();
    const target = await targetOf(changes, [], { name: fieldName });
    const slot = new SignatureSlot(slotBytes);
    const value = changes.add(slot.dictionary('DocTimeStamp', 'Adobe.PPKLite', 'ETSI.RFC3161', new Map()));
    await writeField(changes, target, value, { form: undefined, lock: undefined });
    const prepared = await slot.build(changes);
    const digest = await document.digest(setup.timestampHash ?? 'sha-256', prepared.increment, prepared.hole, {
      engine,
      mode: setup.mode,
    });
    const token = await timestampDigest(digest, context);
    if (fits(prepared, token) || again) {
      await document.assertUnchanged();
      return fillSlot(document, prepared, token, { kind: 'document-timestamp', fieldName });
    }
    slotBytes = token.byteLength + 1024;
  }
}
