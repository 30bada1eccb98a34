import type { Texts } from '@anjuan/core/element';
import type { signaturePadZh } from './signature-pad.zh-cn.js';

/** Texts of the signature pad in English. */
export const signaturePadEn: Texts<typeof signaturePadZh> = {
  label: 'Handwritten signature',
  paper: 'Signing area',
  hint: 'Sign here',
  hintPen: 'Sign here with the pen',
  hintPad: 'Sign on the signature pad',
  how: 'Write here with a pen, finger or mouse. Ctrl+Z undoes, Ctrl+Y redoes, Delete clears.',
  howPen: 'Write here with the pen; fingers leave no ink. Ctrl+Z undoes, Ctrl+Y redoes, Delete clears.',
  howTyped: 'If you cannot write by hand, press Enter to type instead.',
  howStamped: 'If you cannot write by hand, press Enter to use a signature stamp.',
  policy: 'A signature in your own hand is needed here. If you cannot write, please tell the staff.',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear',
  confirmClear: (strokes) => (strokes === 1 ? 'Clear the stroke?' : `Clear all ${strokes} strokes?`),
  keep: 'Keep',
  strokes: (strokes) => (strokes === 0 ? 'Not signed yet' : strokes === 1 ? '1 stroke' : `${strokes} strokes`),
  cleared: 'Cleared; you can undo it',
  confirmed: 'Signature confirmed',
  restored: 'The signature that was not sent yet is back',
  signer: 'Signed by',
  date: 'Date',
  write: 'Write by hand',
  typed: {
    open: 'Cannot write? Type instead',
    label: 'Name of the signer',
    mark: 'Typed',
    note: 'What you type becomes the signature and is marked as typed.',
  },
  stamped: {
    open: 'Use a signature stamp',
    label: 'Signature stamp',
    mark: 'Stamp',
    none: 'There is no signature stamp to use.',
    note: 'The stamp becomes the signature and is marked as a stamp.',
  },
  source: {
    connecting: 'Connecting the signature pad…',
    ready: (model) => `Signature pad${model ? ` ${model}` : ''} is ready`,
    reconnect: 'Connect again',
  },
};
