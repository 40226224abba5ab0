/** The target could not be tested at all: one line, exit code 3. */
export class Untestable extends Error {
  override readonly name = 'Untestable';
}
