export { serialize, type Span } from './serialize.js';
export { buildIncrement, type Increment } from './increment.js';
