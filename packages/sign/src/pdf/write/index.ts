export { serialize, type Span } from './serialize.js';
export { buildIncrement, type Increment, type IncrementOptions } from './increment.js';
