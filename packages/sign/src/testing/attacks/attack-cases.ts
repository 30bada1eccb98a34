import type { AttackClass } from './attack.js';
import type { Forge } from './forge.js';

/** One mutant to be: a trick on a signed file. */
export interface AttackCase {
  readonly id: string;
  readonly class: AttackClass;
  readonly password?: string;
  readonly make: () => Promise<Uint8Array | undefined>;
}

/** Every trick on every signed file that has what it needs. */
export function attackCases(_forge: Forge, _seed: number): readonly AttackCase[] {
  return [];
}
