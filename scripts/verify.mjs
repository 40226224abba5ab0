// Everything that proves the project, in the order in which a failure is cheapest to read.
import { spawnSync } from 'node:child_process';

const packages = ['spec', 'packages/sdk', 'packages/mock-server', 'packages/conformance'];
const each = (command) => packages.map(command).join(' && ');

const steps = [
  ['generated files are fresh', 'npm run --silent generate && git diff --exit-code --stat -- spec/generated'],
  ['the definition lints', 'redocly lint --format=stylish spec/openapi.yaml'],
  ['types and build', 'tsc -b'],
  ['tests compile', 'tsc -p tsconfig.test.json'],
  ['lint', 'biome ci --log-level=warn .'],
  ['no dead code or dependency', 'knip --no-progress'],
  ['packages are publishable', each((folder) => `publint ${folder} --strict --pack npm`)],
  ['packages resolve their types', each((folder) => `attw --pack ${folder} --profile esm-only --format ascii --quiet`)],
  ['tests', 'vitest run'],
];

for (const [title, command] of steps) {
  const started = performance.now();
  console.log(`\n▶ ${title}: ${command}`);
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`✗ ${title} failed: ${command}`);
    process.exit(1);
  }
  console.log(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
