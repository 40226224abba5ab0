import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Told {
  readonly lines: readonly string[];
  readonly isEnough: boolean;
}

/** What the report of `npm run mutation` makes of results; the script is JavaScript, so it is run and not imported. */
function reported(results: readonly object[], checks: readonly object[] = []): Told {
  const script = new URL('../scripts/mutation-report.mjs', import.meta.url).href;
  const code = `
    import { mutationReport } from ${JSON.stringify(script)};
    console.log(JSON.stringify(mutationReport(${JSON.stringify(results)}, ${JSON.stringify(checks)})));`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd, encoding: 'utf8' }),
  ) as Told;
}

const clause = 'network-driver.get-capabilities.scope';
const found = (fault: string, ...checks: readonly string[]) => ({
  id: `${clause}#${fault}`,
  killers: checks.map((check) => ({ check, clause })),
});

describe('the report of the mutation run', () => {
  it('names the checks that find a fault, and those that find nothing, or nothing alone', () => {
    const { lines, isEnough } = reported(
      [found('missing', 'a', 'b'), found('upper-case', 'a')],
      ['a', 'b', 'c'].map((id) => ({ id })),
    );
    expect(isEnough).toBe(true);
    expect(lines).toContain(`  ${clause}#missing: a, b`);
    expect(lines).toContain('finds nothing: c');
    expect(lines).toContain('finds nothing that no other check finds: b');
    expect(lines).not.toContain('finds nothing that no other check finds: a');
    expect(lines.find((line) => line.startsWith('network-driver '))).toMatch(/ 2 +2 +2 \(100\.0%\)$/);
  });

  it.each([
    ['a fault that no check finds', [found('missing', 'a'), found('upper-case')], `survives: ${clause}#upper-case`],
    [
      'a fault whose run broke off',
      [found('missing', 'a'), { ...found('upper-case'), problem: 'its process ended with SIGKILL' }],
      `not run: ${clause}#upper-case (its process ended with SIGKILL)`,
    ],
    [
      'a fault that only a check of another clause finds',
      [{ ...found('missing'), killers: [{ check: 'x', clause: 'plugin.activate.shape' }] }],
      `found by other clauses only: ${clause}#missing`,
    ],
  ])('is not content with %s', (_, results, line) => {
    const { lines, isEnough } = reported(results);
    expect(isEnough).toBe(false);
    expect(lines).toContain(line);
  });

  it('is not content with nothing', () => {
    expect(reported([]).isEnough).toBe(false);
  });
});
