// Installs the workspace with the pinned pnpm, so that a fresh clone needs only Node, npm and git.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`OpenCNM needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}
const { status } = spawnSync(
  'npx',
  ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--silent'],
  { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
);
process.exit(status ?? 1);
