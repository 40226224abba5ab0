import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { UsageError } from './usage-error.js';

const mebibyte = 1024 * 1024;

/** What a file is to whoever named it, and how long it may be. */
export interface Wanted {
  /** As in `the config file`. */
  readonly name: string;
  /** In MiB. */
  readonly longest: number;
}

/** The text of a file of bounded length; throws a one-line error on what is missing, is no file, or is too long. */
export function readText(file: string, { name, longest }: Wanted): string {
  let handle: number | undefined;
  try {
    // Without O_NONBLOCK a pipe that nobody writes to would be waited for.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new UsageError(`${name} ${file} is not a file`);
    if (stat.size > longest * mebibyte)
      throw new UsageError(`${name} ${file} is longer than ${longest} MiB, so it is not read`);
    return readFileSync(handle, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} ${file} cannot be read: ${(error as Error).message}`);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
