import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IpamSnapshot } from '../ipam/ipam-snapshot.js';
import type { NetworkSnapshot } from '../network/network-snapshot.js';
import type { Keep } from './keep.js';

interface Saved {
  readonly stateVersion: 1;
  readonly networks?: NetworkSnapshot;
  readonly pools?: IpamSnapshot;
}

/** A file that keeps the state of both drivers; each save replaces it as a whole. */
export interface StateFile {
  readonly networks: () => Keep<NetworkSnapshot>;
  readonly pools: () => Keep<IpamSnapshot>;
  /** Forgets what was saved. */
  readonly clear: () => void;
}

/** Reads a state file, if it is there; throws a one-line error when it is none. */
export function stateFile(path: string): StateFile {
  let state = read(path);
  const replace = (next: Saved): void => {
    state = next;
    writeFileSync(`${path}.part`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.part`, path);
  };
  return {
    networks: () => ({
      ...(state.networks ? { saved: state.networks } : {}),
      save: (networks) => replace({ ...state, networks }),
    }),
    pools: () => ({
      ...(state.pools ? { saved: state.pools } : {}),
      save: (pools) => replace({ ...state, pools }),
    }),
    clear: () => replace({ stateVersion: 1 }),
  };
}

function read(path: string): Saved {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { stateVersion: 1 };
    throw new Error(`the state file ${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    const state = JSON.parse(text) as Partial<Saved> | null;
    if (state?.stateVersion === 1) return state as Saved;
  } catch {
    // Told below.
  }
  throw new Error(`${path} is not a state file of the mock: name another one, or remove it`);
}
