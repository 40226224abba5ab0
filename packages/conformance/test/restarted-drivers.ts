import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A folder for a driver that is killed and started again, and command lines that start one. */
export interface RestartedDrivers {
  readonly folder: string;
  readonly target: string;
  readonly stateFile: string;
  /** The mock, with these flags. */
  readonly mock: (...flags: readonly string[]) => string;
  /** The mock's drivers with a state file, changed by a piece of JavaScript. */
  readonly changed: (script: string) => string;
  readonly remove: () => void;
}

/** Makes the folder. */
export function restartedDrivers(): RestartedDrivers {
  const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  const target = `unix://${folder}/driver.sock`;
  const stateFile = join(folder, 'state.json');
  return {
    folder,
    target,
    stateFile,
    mock: (...flags) => [process.execPath, dist('mock-server/dist/cli.js'), '--plugin', target, ...flags].join(' '),
    changed: (script) => {
      const file = join(folder, 'driver.mjs');
      writeFileSync(file, driverSource(stateFile, `${folder}/driver.sock`, script));
      return `exec ${process.execPath} ${file}`;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The script sees `keep(name)`, the drivers' options, and may change `networkDriver` and `ipamDriver`. */
function driverSource(stateFile: string, socket: string, script: string): string {
  return `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { memoryIpamDriver, memoryNetworkDriver } from ${JSON.stringify(dist('mock-server/dist/index.js'))};
import { servePlugin } from ${JSON.stringify(dist('sdk/dist/driver-kit/index.js'))};
const state = existsSync(${JSON.stringify(stateFile)}) ? JSON.parse(readFileSync(${JSON.stringify(stateFile)}, 'utf8')) : {};
const write = () => writeFileSync(${JSON.stringify(stateFile)}, JSON.stringify(state));
const keep = (name) => ({ saved: state[name], save: (next) => { state[name] = next; write(); } });
let networkDriver = memoryNetworkDriver({ keep: keep('networks') });
let ipamDriver = memoryIpamDriver({ keep: keep('pools') });
${script}
await servePlugin({ networkDriver, ipamDriver }, { socket: ${JSON.stringify(socket)} });
`;
}
