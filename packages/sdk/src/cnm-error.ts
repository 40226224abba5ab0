/** What kind of failure a CnmError is. */
export type CnmErrorCode =
  | 'refused'
  | 'transport'
  | 'timeout'
  | 'aborted'
  | 'invalid-answer'
  | 'invalid-input'
  | 'not-implemented'
  | 'not-found'
  | 'conflict'
  | 'forbidden';

/** What a CnmError is made from. */
export interface CnmErrorInit {
  readonly code: CnmErrorCode;
  readonly message: string;
  /** The operation's id: `NetworkCreate`, `IpamDriver.RequestPool`. */
  readonly operation?: string;
  /** The HTTP status of the answer, or the one to answer with. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The one error of the SDK: of every call, of every transport, and what an implementation throws to refuse. */
export class CnmError extends Error {
  override readonly name = 'CnmError';
  readonly code: CnmErrorCode;
  readonly operation: string | undefined;
  readonly status: number | undefined;

  constructor({ code, message, operation, status, cause }: CnmErrorInit) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.operation = operation;
    this.status = status;
  }
}
