import type { Seeded } from '../seed.js';
import type { Clock } from './clock.js';
import type { Drivers } from './drivers.js';
import type { Events } from './events.js';
import type { Locks } from './locks.js';
import type { EngineState } from './state.js';

/** What the operations of an engine share. */
export interface EngineContext {
  readonly state: EngineState;
  readonly drivers: Drivers;
  readonly events: Events;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly random: Seeded;
}
