import type { Random } from './random.js';
import type { SignedBase } from './bases.js';

/** Families of tricks. Sources: pdf-insecurity.org reports of 2018, 2020, 2021; CMS and GB/T 38540 of their own. */
export type AttackClass =
  | 'universal-forgery'
  | 'incremental-saving'
  | 'signature-wrapping'
  | 'shadow'
  | 'annotation'
  | 'sneaky-signature'
  | 'form'
  | 'locked-field'
  | 'cms'
  | 'shared-value'
  | 'signature-dictionary'
  | 'validation-data'
  | 'page'
  | 'active-content'
  | 'embedded-file'
  | 'cross-reference'
  | 'seal';

/** A way to turn a signed file into one that lies. Every one must end in TOTAL_FAILED. */
export interface Attack {
  readonly name: string;
  readonly class: AttackClass;
  /** Gives the mutant; undefined when this file has not what the trick needs. */
  readonly make: (base: SignedBase, random: Random) => Promise<Uint8Array | undefined>;
}

/** An honest document with honest updates; may never end in TOTAL_FAILED. */
export interface Benign {
  readonly id: string;
  readonly make: () => Promise<Uint8Array>;
  readonly password?: string;
}

export const attacks = (name: AttackClass, list: Readonly<Record<string, Attack['make']>>): readonly Attack[] =>
  Object.entries(list).map(([key, make]) => ({ name: key, class: name, make }));
