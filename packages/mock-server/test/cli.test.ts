import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { servePlugin } from '@opencnm/sdk/driver-kit';
import { connectEngine } from '@opencnm/sdk/engine';
import { connectPlugin } from '@opencnm/sdk/plugin';
import { faults } from '@opencnm/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variantIds } from '../src/index.js';

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `serving` is called once it says where it listens, and ends it. */
function mock(flags: readonly string[], serving?: () => Promise<void>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...flags]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const isFirst = out === '';
      out += String(chunk);
      if (isFirst && serving) {
        serving()
          .catch(reject)
          .finally(() => child.kill('SIGTERM'));
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += String(chunk);
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** The body of the answer to a call without arguments, as it came. */
function answerTo(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, method: 'POST', agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += String(chunk);
      });
      response.on('end', () => resolve(text));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('opencnm-mock', () => {
  it('tells its version', async () => {
    const { code, out } = await mock(['--version']);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });

  it('serves the drivers on a socket that only its user may open, and takes it away in the end', async () => {
    const socket = join(folder, 'mock.sock');
    const { code, out } = await mock(['--plugin', `unix://${socket}`], async () => {
      const client = connectPlugin(`unix://${socket}`);
      expect(await client.plugin.activate()).toEqual({ Implements: ['NetworkDriver', 'IpamDriver'] });
      expect(statSync(socket).mode & 0o777).toBe(0o600);
      await client.close();
    });
    expect(out).toBe(`drivers on unix://${socket}\n`);
    expect(code).toBe(0);
    expect(existsSync(socket)).toBe(false);
  });

  it('has the fault that it is told to have', async () => {
    const socket = join(folder, 'mock.sock');
    await mock(
      ['--plugin', `unix://${socket}`, '--fault', 'network-driver.get-capabilities.scope#upper-case'],
      async () => {
        const client = connectPlugin(`unix://${socket}`);
        expect(await client.networkDriver.getCapabilities()).toEqual({ Scope: 'Local' });
        await client.close();
      },
    );
  });

  it('has the variants that it is told to have, together', async () => {
    const socket = join(folder, 'mock.sock');
    const flags = ['connectivity-scope-absent', 'keys-lower-case', 'extra-members'].flatMap((id) => ['--variant', id]);
    await mock(['--plugin', `unix://${socket}`, ...flags], async () => {
      const text = await answerTo(socket, '/NetworkDriver.GetCapabilities');
      expect(JSON.parse(text)).toEqual({
        scope: 'local',
        gwallocchecker: true,
        extra: { scope: [1] },
        networkid: 'x',
      });
    });
  });

  it('waits as long as it is told', async () => {
    const socket = join(folder, 'mock.sock');
    await mock(['--plugin', `unix://${socket}`, '--latency', '200-210ms'], async () => {
      const client = connectPlugin(`unix://${socket}`);
      const started = performance.now();
      await client.plugin.activate();
      expect(performance.now() - started).toBeGreaterThan(190);
      await client.close();
    });
  });

  it('answers the same with the same seed, times included, and differently with another', async () => {
    const made = async (seed: string) => {
      let shown: unknown;
      const socket = join(folder, `${seed}.sock`);
      await mock(['--engine', `unix://${socket}`, '--seed', seed], async () => {
        const engine = await connectEngine({ host: `unix://${socket}`, env: {} });
        await engine.networks.create({ body: { Name: 'n' } });
        await engine.containers.create({ name: 'web', body: { Image: 'i', HostConfig: { NetworkMode: 'n' } } });
        await engine.containers.start({ id: 'web' });
        const [info, version] = [await engine.system.info(), await engine.system.version()];
        const [network, container] = [
          await engine.networks.inspect({ id: 'n' }),
          await engine.containers.inspect({ id: 'web' }),
        ];
        const events: unknown[] = [];
        for await (const event of engine.system.events({ since: '0', until: info.SystemTime ?? '' }))
          events.push(event);
        shown = { info, version, network, container, events };
        await engine.close();
      });
      return shown;
    };
    const [first, again, other] = [await made('5'), await made('5'), await made('6')];
    expect(again).toEqual(first);
    const events = ['create', 'create', 'connect', 'start'].map((Action) => ({ Action }));
    expect(first).toMatchObject({ network: { Created: expect.stringMatching(/^2026-01-01T/) }, events });
    expect(other).not.toEqual(first);
  });

  it('has the time of the machine without a seed', async () => {
    const socket = join(folder, 'engine.sock');
    await mock(['--engine', `unix://${socket}`], async () => {
      const engine = await connectEngine({ host: `unix://${socket}`, env: {} });
      const { SystemTime = '' } = await engine.system.info();
      expect(Math.abs(Date.parse(SystemTime) - Date.now())).toBeLessThan(60_000);
      await engine.close();
    });
  });

  it('calls a foreign driver as an engine does', async () => {
    const calls: string[] = [];
    const driver = await servePlugin(
      {
        networkDriver: {
          getCapabilities: async () => ({ Scope: 'local' }),
          createNetwork: async ({ Options }) => {
            calls.push(JSON.stringify(Options?.['com.docker.network.generic']));
            return {};
          },
        },
      },
      { socket: join(folder, 'acme.sock') },
    );
    const socket = join(folder, 'engine.sock');
    await mock(['--engine', `unix://${socket}`, '--driver', `acme=unix://${folder}/acme.sock`], async () => {
      const engine = await connectEngine({ host: `unix://${socket}`, env: {} });
      await engine.networks.create({ body: { Name: 'n', Driver: 'acme', Options: { 'acme.vlan': '10' } } });
      expect((await engine.networks.inspect({ id: 'n' })).Driver).toBe('acme');
      await expect(engine.networks.create({ body: { Name: 'm', Driver: 'nobody' } })).rejects.toMatchObject({
        status: 404,
      });
      await engine.close();
    });
    await driver.close();
    expect(calls).toEqual(['{"acme.vlan":"10"}']);
  });

  it('prints the table of faults', async () => {
    const { code, out } = await mock(['--fault', 'list']);
    expect(code).toBe(0);
    for (const id of Object.keys(faults)) expect(out).toContain(id);
  });

  it('prints the table of variants, with what the suite has to be told', async () => {
    const { code, out } = await mock(['--variant', 'list']);
    expect(code).toBe(0);
    for (const id of variantIds) expect(out).toContain(`${id}\n`);
    expect(out).toContain('test it with --network-option acme.vlan=10');
  });

  it.each([
    [[], 'nothing to serve'],
    [['--plugin', 'unix:///nowhere/at/all.sock'], 'its folder does not exist'],
    [['--plugin', 'ftp://x'], 'give unix:///path or tcp://127.0.0.1:PORT'],
    [['--plugin', 'tcp://127.0.0.1:0', '--fault', 'nope'], 'no fault is named "nope"'],
    [['--plugin', 'tcp://127.0.0.1:0', '--variant', 'nope'], 'no variant is named "nope"'],
    [
      ['--plugin', 'tcp://127.0.0.1:0', '--variant', 'type-none', '--variant', 'type-text'],
      'the variants type-text and type-none cannot be combined: both decide content-type',
    ],
    [['--plugin', 'tcp://127.0.0.1:0', '--engine', 'unix:///nowhere/at/all.sock'], 'its folder does not exist'],
    [['--engine', 'tcp://127.0.0.1:0', '--driver', 'acme'], 'It needs the form name=address'],
    [['--engine', 'tcp://127.0.0.1:0', '--driver', 'acme=x'], 'driver acme: "x" is not an address: give unix:///path'],
    [
      ['--engine', 'tcp://127.0.0.1:0', '--driver', 'bridge=unix:///x'],
      'driver bridge: the engine has a driver of its own by that name; choose another one',
    ],
    [['--latency', '5-1'], 'It must be milliseconds'],
    [['--nope'], "unknown option '--nope'; --help shows what can be said"],
    [['--plugins', 'x'], "unknown option '--plugins' (Did you mean --plugin?); --help shows what can be said"],
  ])('refuses %j in one line, with exit code 2', async (flags, message) => {
    const { code, err } = await mock(flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toMatch(/^opencnm-mock: [^\n]+\n$/);
  });
});
