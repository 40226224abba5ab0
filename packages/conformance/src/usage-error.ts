/** The command or one of its files is wrong: one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
