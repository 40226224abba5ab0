import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

const root = '/sys/fs/cgroup';

/** Removes what an ended engine left of a control group, in every hierarchy; groups with processes stay. */
export function removeCgroups(name: string): void {
  for (const hierarchy of ['', ...folders(root)]) removeEmpty(join(root, hierarchy, name));
}

function removeEmpty(group: string): void {
  for (const child of folders(group)) removeEmpty(join(group, child));
  try {
    rmdirSync(group);
  } catch {
    // Absent, or another engine's process lives in it.
  }
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
