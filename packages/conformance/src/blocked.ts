import type { OperationId } from '@opencnm/spec';

/** What more is known of a fixture that failed. */
interface Why {
  readonly unreachable?: boolean;
  readonly notImplemented?: boolean;
  readonly refused?: OperationId;
  readonly unanswered?: boolean;
}

/** Thrown by a fixture that the target refused: the check is blocked, and the refusal is quoted. */
export class Blocked extends Error {
  override readonly name = 'Blocked';
  /** True when the target could not be reached at all. */
  readonly unreachable: boolean;

  /** True when an optional operation is answered with 404. */
  readonly notImplemented: boolean;

  /** The call that the target refused, in contrast to an answer that is none. */
  readonly refused: OperationId | undefined;

  /** True when there was no answer that an engine can use, though the target is there. */
  readonly unanswered: boolean;

  constructor(message: string, { unreachable = false, notImplemented = false, refused, unanswered = false }: Why = {}) {
    super(message);
    this.unreachable = unreachable;
    this.notImplemented = notImplemented;
    this.refused = refused;
    this.unanswered = unanswered;
  }
}
