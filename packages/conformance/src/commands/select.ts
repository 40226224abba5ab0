import type { Check } from '../check.js';
import { UsageError } from '../usage-error.js';

/** The checks whose ids fit one of several globs (`join.*`, `*.parallel`); a glob that fits none is an error. */
export function select(checks: readonly Check[], globs: readonly string[]): readonly Check[] {
  if (globs.length === 0) return checks;
  const tests = globs.map((glob) => {
    const pattern = new RegExp(
      `^${glob
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    );
    if (!checks.some(({ id }) => pattern.test(id)))
      throw new UsageError(`--only ${glob} fits no check; "opencnm-conformance list" shows the names`);
    return pattern;
  });
  return checks.filter(({ id }) => tests.some((test) => test.test(id)));
}
