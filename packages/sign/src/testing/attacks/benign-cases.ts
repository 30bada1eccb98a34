import type { Benign } from './attack.js';
import type { Forge } from './forge.js';

/** Honest documents of every kind. */
export function benignCases(_forge: Forge): readonly Benign[] {
  return [];
}
