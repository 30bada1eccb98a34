import { test } from 'node:test';
import { fuzz } from './tail-reader.fuzz.js';

test('many damaged files end in typed errors', () => fuzz({ seed: 4, runs: 1_500 }));
