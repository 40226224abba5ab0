export type { Callable, CallOptions } from './call-options.js';
export { CnmError, type CnmErrorCode, type CnmErrorInit } from './cnm-error.js';
export type { TlsOptions } from './transport/exchange.js';
