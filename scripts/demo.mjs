// `npm start`: the mock server on sockets in a temporary folder, and the suite against all its faces.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMock } from '@opencnm/mock-server';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
const mock = await startMock({ plugin: `unix://${folder}/plugin.sock`, engine: `unix://${folder}/engine.sock` });
console.log(`Mock driver ${mock.pluginUrl}\nMock engine ${mock.engineUrl}\n`);
const suite = join(root, 'packages/conformance/dist/cli.js');
const run = (args) =>
  new Promise((resolve) => spawn(process.execPath, [suite, 'run', ...args], { stdio: 'inherit' }).on('close', resolve));
const codes = [
  await run([mock.pluginUrl, '--profile', 'network-driver,ipam-driver', '--report', join(root, 'reports/drivers')]),
  await run([mock.engineUrl, '--profile', 'engine', '--report', join(root, 'reports/engine')]),
];
await mock.close();
rmSync(folder, { recursive: true, force: true });
process.exit(Math.max(...codes));
