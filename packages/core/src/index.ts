export * from './model/index.js';
export * from './errors/codes.js';
export * from './errors/anjuan-error.js';
export * from './lifecycle/scope.js';
export * from './transport/transport.js';
export * from './client/types.js';
export * from './permissions/index.js';
