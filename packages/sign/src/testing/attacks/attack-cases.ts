import type { Attack, AttackClass } from './attack.js';
import { baseRecipes } from './bases.js';
import { annotationAttacks } from './classes/annotations.js';
import { appendedAttacks } from './classes/appended.js';
import { byteRangeAttacks } from './classes/byte-range.js';
import { cmsAttacks } from './classes/cms.js';
import { crossReferenceAttacks } from './classes/cross-reference.js';
import { dictionaryAttacks } from './classes/dictionary.js';
import { documentAttacks } from './classes/document.js';
import { formAttacks } from './classes/form.js';
import { sealCases } from './classes/seal.js';
import { shadowAttacks } from './classes/shadow.js';
import { sneakyAttacks } from './classes/sneaky.js';
import { wrappingAttacks } from './classes/wrapping.js';
import type { Forge } from './forge.js';
import { Random, seedFor } from './random.js';

/** One mutant to be: a trick on a signed file. */
export interface AttackCase {
  readonly id: string;
  /** The same on every file. */
  readonly trick: string;
  readonly class: AttackClass;
  readonly password?: string;
  /** Undefined when the file has not what the trick needs. */
  readonly make: () => Promise<Uint8Array | undefined>;
}

const all: readonly Attack[] = [
  ...byteRangeAttacks,
  ...appendedAttacks,
  ...wrappingAttacks,
  ...shadowAttacks,
  ...annotationAttacks,
  ...sneakyAttacks,
  ...formAttacks,
  ...cmsAttacks,
  ...dictionaryAttacks,
  ...documentAttacks,
  ...crossReferenceAttacks,
];

/** Every trick on every signed file. */
export function attackCases(forge: Forge, seed: number): readonly AttackCase[] {
  const cases = baseRecipes(forge).flatMap((base) =>
    all.map((attack): AttackCase => {
      const trick = `${attack.class}/${attack.name}`;
      const id = `${trick}@${base.name}`;
      const { password } = base;
      return {
        id,
        trick,
        class: attack.class,
        ...(password !== undefined && { password }),
        make: async () => attack.make(await base.make(), new Random(seedFor(seed, id))),
      };
    }),
  );
  return [...cases, ...sealCases(forge, seed)];
}
