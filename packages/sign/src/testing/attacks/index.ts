export { runAttacks, type AttackRun } from './run-attacks.js';
