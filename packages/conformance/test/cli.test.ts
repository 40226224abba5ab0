import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cli, type Ended } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

let mock: OnMock;
let folder: string;
let plugin: string;
let engine: string;

beforeAll(async () => {
  mock = await onMock();
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  plugin = mock.mock.pluginUrl ?? '';
  engine = mock.mock.engineUrl ?? '';
});
beforeEach(() => mock.mock.reset());
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Written {
  readonly seed: number;
  readonly exitCode: number;
  readonly target: { readonly profiles: readonly string[] };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly outcomes: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly exchanges: number;
    readonly evidence: readonly { readonly request: { readonly body: string } }[];
  }[];
}

/** Runs against the mock driver, and reads the report that was written. */
async function reported(...flags: readonly string[]): Promise<Ended & { readonly report: Written }> {
  const ended = await cli('run', plugin, '--report', join(folder, 'report'), ...flags);
  return { ...ended, report: JSON.parse(readFileSync(join(folder, 'report', 'report.json'), 'utf8')) as Written };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('opencnm-conformance run', () => {
  it('finds out what a plugin is, and exits with 0 when it conforms', async () => {
    const { code, out, report } = await reported('--only', 'get-capabilities.*');
    expect(code).toBe(0);
    expect(out).toContain('PASSED: nothing failed that is not known;');
    expect(out).toContain('Conformant means: every MUST');
    expect(report.target.profiles).toEqual(['network-driver', 'ipam-driver']);
    const read = (name: string) => readFileSync(join(folder, 'report', name), 'utf8');
    expect(readdirSync(join(folder, 'report')).sort()).toEqual([
      'badge.json',
      'junit.xml',
      'report.html',
      'report.json',
      'summary.md',
    ]);
    expect(read('junit.xml')).toContain('<testsuites');
    expect(read('report.html')).toContain('<h1>Passed</h1>');
    expect(read('summary.md')).toContain('## OpenCNM: passed');
    expect(read('badge.json')).toContain('"schemaVersion": 1');
  });

  it('says what conformant means when everything of a profile ran and every MUST passed', async () => {
    const { code, out, report } = await reported('--profile', 'ipam-driver', '--jobs', '4', '--budget', '2');
    expect(out.replaceAll('\n', ' ')).toContain(
      'CONFORMANT: every MUST of the claimed profiles passed and nothing was left unrun report:',
    );
    expect(report.outcomes.length).toBeGreaterThan(100);
    expect(code).toBe(0);
  });

  it('speaks to an engine as it is told', async () => {
    const report = join(folder, 'engine');
    const flags = [
      '--only',
      'network-inspect.by-id',
      '--api-version',
      '1.40',
      '--image',
      'acme:1',
      '--timeout',
      '4321',
    ];
    expect((await cli('run', engine, ...flags, '--report', report)).code).toBe(0);
    const { settings } = JSON.parse(readFileSync(join(report, 'report.json'), 'utf8')) as { settings: object };
    expect(settings).toMatchObject({ apiVersion: '1.40', image: 'acme:1', timeoutMs: 4321 });
  });

  it('finds out what an engine is', async () => {
    const { code, out } = await cli('run', engine, '--only', 'network-inspect.*');
    expect(out).toContain('of engine on');
    expect(code).toBe(0);
  });

  it('exits with 1 and tells clause, wanted, got, why and the call when a check fails', async () => {
    mock.mock.reset(['network-driver.get-capabilities.scope#upper-case']);
    const { code, out } = await cli('run', plugin, '--profile', 'network-driver', '--only', 'get-capabilities.scope');
    expect(code).toBe(1);
    for (const part of [
      'FAIL get-capabilities.scope',
      'Clause network-driver.get-capabilities.scope',
      'got',
      'Why it matters',
      'To mend it',
      '$ curl',
    ]) {
      expect(out).toContain(part);
    }
    expect(
      out.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ ') && !line.includes('$ curl')),
    ).toEqual([]);
    // Nothing here is a terminal, though it looks like CI: no colours.
    expect(out).not.toContain('\u001b');
  });

  it('tests only the profile that it is told to', async () => {
    const { report } = await reported('--profile', 'ipam-driver', '--only', '*.repeatable*');
    expect(report.target.profiles).toEqual(['ipam-driver']);
    expect(report.outcomes.map(({ id }) => id)).not.toContain('get-capabilities.repeatable');
  });

  it('skips the handshake of a plugin whose interfaces it is told', async () => {
    mock.mock.reset(['plugin.activate.implements#missing']);
    const { code, report } = await reported(
      '--implements',
      'NetworkDriver',
      '--only',
      'get-capabilities.scope',
      '--only',
      'activate.*',
    );
    expect(report.target.profiles).toEqual(['network-driver']);
    expect(code).toBe(0);
  });

  it('hands network and IPAM options to the driver', async () => {
    mock.mock.reset(['network-driver.create-network.accepted#refuses-ipv4-only']);
    const { report } = await reported(
      '--network-option',
      'acme.vlan=10',
      '--ipam-option',
      'acme.zone=a=b',
      '--only',
      'create-network.accepted',
    );
    const bodies = report.outcomes.flatMap(({ evidence }) => evidence.map(({ request }) => request.body)).join('\n');
    expect(bodies).toContain('"com.docker.network.generic":{"acme.vlan":"10"}');
    expect(bodies).toContain('"Options":{"acme.zone":"a=b"}');
  });

  it('uses the pool, gateway and address that it is told, with the suite as IPAM', async () => {
    mock.mock.reset(['plugin.transport.answers#closes-first']);
    const { report } = await reported(
      '--ipam',
      'engine',
      '--pool',
      '10.77.0.0/24',
      '--gateway',
      '10.77.0.9/24',
      '--address',
      '10.77.0.33/24',
      '--only',
      '*.join-answered',
    );
    const bodies = report.outcomes.flatMap(({ evidence }) => evidence.map(({ request }) => request.body)).join('\n');
    expect(bodies).toContain('"Gateway":"10.77.0.9/24","Pool":"10.77.0.0/24"');
    expect(bodies).toContain('"Address":"10.77.0.33/24"');
    expect(bodies).not.toContain('RequestAddressType');
  });

  it('asks for networks as with the null IPAM driver', async () => {
    mock.mock.reset(['plugin.transport.answers#closes-first']);
    const { report } = await reported('--ipam', 'null', '--only', '*.join-answered');
    const bodies = report.outcomes.flatMap(({ evidence }) => evidence.map(({ request }) => request.body)).join('\n');
    expect(bodies).toContain('[{"AddressSpace":"null","Pool":"0.0.0.0/0"}]');
  });

  it('draws the same ids from the same seed, and waits as long as it is told', async () => {
    const { report } = await reported('--seed', '41', '--jobs', '4', '--timeout', '1234', '--only', 'delete-network.*');
    expect(report.seed).toBe(41);
    expect(report.settings['timeoutMs']).toBe(1234);
  });

  it('tries as many sequences as it is told', async () => {
    const exchanges = async (budget: string) => {
      const { report } = await reported('--only', 'ipam-sequence.any-order', '--seed', '41', '--budget', budget);
      return report.outcomes[0]?.exchanges ?? Number.NaN;
    };
    expect(await exchanges('12')).toBeGreaterThan(4 * (await exchanges('1')));
  });

  it.each([1, 3])('runs %i checks at once when it is told to', async (jobs) => {
    let [under, most] = [0, 0];
    const server = createServer((request, response) => {
      most = Math.max(most, ++under);
      const isHandshake = request.url === '/Plugin.Activate';
      const body = isHandshake ? { Implements: ['NetworkDriver'] } : { Scope: 'local', ConnectivityScope: 'local' };
      request.resume().on('end', () =>
        setTimeout(() => {
          under--;
          response.end(JSON.stringify(body));
        }, 50),
      );
    });
    const socket = join(folder, 'slow.sock');
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await cli('run', `unix://${socket}`, '--only', 'get-capabilities.*', '--jobs', String(jobs));
    await new Promise((resolve) => server.close(resolve));
    expect(most).toBe(jobs);
  });

  it('gives up on an answer after the time that it is told', async () => {
    mock.mock.reset(['plugin.transport.in-time#hangs-second-time']);
    const { out } = await cli('run', plugin, '--timeout', '321', '--only', '*.in-time*');
    expect(out).toContain('no complete answer within 321 ms');
  });

  it('takes known failures for known, and those that pass for stale', async () => {
    mock.mock.reset(['network-driver.get-capabilities.scope#upper-case']);
    const known = file('known.yaml', '- id: get-capabilities.scope\n  reason: bug 7\n');
    const failing = await cli(
      'run',
      plugin,
      '--profile',
      'network-driver',
      '--only',
      'get-capabilities.scope',
      '--known-failures',
      known,
    );
    expect(failing.out).toContain('1 known to fail');
    expect(failing.code).toBe(0);
    mock.mock.reset();
    const passing = await cli(
      'run',
      plugin,
      '--profile',
      'network-driver',
      '--only',
      'get-capabilities.scope',
      '--known-failures',
      known,
    );
    expect(passing.out).toContain('STALE get-capabilities.scope');
    expect(passing.code).toBe(2);
  });
});
