import { warnOnce } from '@anjuan/core/element';
import type { InputName } from './viewer-attributes.js';

const HOW: Readonly<Record<InputName, string>> = {
  'record-id': 'Set the List.id of a record: 1 to 64 letters, digits, dots and dashes.',
  'document-id': 'Set a DocumentReference.id of the record: 1 to 64 letters, digits, dots and dashes.',
  'page-number': 'Set a whole number from 1.',
  source: 'Set auto, rendition or pdf.',
  keymap: 'Set a list of { id, keys } as in defaultViewerKeymap.',
  zoomTo: 'Pass fit-width, fit-page or a percentage above 0.',
  searchText: 'Pass the text to search for.',
};

/** Warns the integrator once for each kind of unusable input. */
export function warnInput(input: InputName): void {
  warnOnce(`viewer-input-${input.toLowerCase()}`, {
    what: `<anjuan-viewer> cannot use the value given for ${input}.`,
    why: 'It was ignored, as if it had not been given.',
    how: HOW[input],
  });
}
