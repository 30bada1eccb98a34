export type { Attack, AttackClass, Benign } from './attack.js';
export { runAttacks, type AttackOutcome, type AttackRun, type AttackRunOptions } from './run-attacks.js';
