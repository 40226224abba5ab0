import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** The path of a program in PATH or in the folders of system programs, which not every PATH names. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin', '/bin'];
  return folders
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Says what a test needs and this machine does not have. */
export function missingForEngine(programs: Readonly<Record<string, string>>): string | undefined {
  if (process.platform !== 'linux') return 'it runs on Linux only';
  if (process.getuid?.() !== 0) return 'it needs root';
  const lost = Object.entries(programs).filter(([program]) => findProgram(program) === undefined);
  if (lost.length === 0) return undefined;
  return `${lost.map(([program]) => program).join(', ')} not found; install ${lost.map(([, pkg]) => pkg).join(' ')}`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
