import { type ClauseId, clauses, type FaultId, faults } from '../generated/clauses.js';
import type { Clause } from './clause.js';

/** The requirement of an id. */
export function clauseOf(id: ClauseId): Clause {
  return clauses[id];
}

/** The clause that a fault breaks, and what it does. */
export function faultOf(id: FaultId): { readonly clause: ClauseId; readonly text: string } {
  return faults[id];
}
