import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Runs a program where making code from text is forbidden, as strict hosts do; what it prints. */
function withoutEval(program: string): string {
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', program];
  return execFileSync(process.execPath, flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

it('every schema validates where no code can be made from text', () => {
  const index = fileURLToPath(new URL('../dist/src/index.js', import.meta.url));
  const printed = withoutEval(`
    import { schemas, validate } from ${JSON.stringify(index)};
    const names = Object.keys(schemas).filter((name) => validate(name, 'text').length > 0);
    console.log(names.length === Object.keys(schemas).length);`);
  expect(printed).toBe('true\n');
  expect(() => withoutEval("new Function('return 1')")).toThrow();
});
