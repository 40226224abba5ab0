import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clauseOf } from '@opencnm/spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../src/commands/explain.js';
import { checks } from '../src/index.js';
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

describe('a wrong command', () => {
  const run =
    (...flags: readonly string[]) =>
    () => ['run', plugin, ...flags];
  const yaml = (text: string) => () => ['run', plugin, '--known-failures', file('wrong.yaml', text)];
  const table: readonly [string, () => readonly string[], number, string][] = [
    ['an unknown flag', run('--nope'), 2, "unknown option '--nope'"],
    ['an unknown command', () => ['walk'], 2, "unknown command 'walk'"],
    ['no target', () => ['run'], 2, "missing required argument 'target'"],
    ['a target that is no address', () => ['run', 'acme.sock'], 2, 'is not a target: give unix:///path/to.sock'],
    ['a relative socket', () => ['run', 'unix://acme.sock'], 2, 'needs an absolute path'],
    ['an unknown profile', run('--profile', 'volume'), 2, '--profile volume is not known'],
    ['a pool that is none', run('--pool', '10.1.0.0'), 2, '--pool 10.1.0.0 is not an address with a prefix length'],
    ['an unknown interface', run('--implements', 'VolumeDriver'), 2, '--implements VolumeDriver is not known'],
    ['a glob that fits nothing', run('--only', 'nope.*'), 2, '--only nope.* fits no check'],
    ['an option without a value', run('--network-option', 'x'), 2, 'needs the form key=value'],
    ['a timeout that is no number', run('--timeout', 'soon'), 2, 'must be a whole number'],
    ['no jobs', run('--jobs', '0'), 2, 'must be a whole number'],
    ['an unknown IPAM mode', run('--ipam', 'dhcp'), 2, 'Allowed choices are composed, engine, null'],
    ['a known-failures file that is missing', run('--known-failures', '/nowhere.yaml'), 2, 'cannot be read'],
    ['a known-failures file that is no YAML', yaml('- id: [unclosed'), 2, 'is not YAML'],
    ['a known-failures file that is no list', yaml('id: x'), 2, 'must be a list'],
    ['a known failure without a reason', yaml('- id: get-capabilities.scope'), 2, 'needs an id and a reason'],
    [
      'a known failure with a number for a reason',
      yaml('- {id: get-capabilities.scope, reason: 4711}'),
      2,
      'in quotes',
    ],
    ['a known failure that no check has', yaml('- id: no.such\n  reason: x'), 2, 'no check is named "no.such"'],
    [
      'a known failure listed twice',
      yaml('- {id: get-capabilities.scope, reason: x}\n- {id: get-capabilities.scope, reason: y}'),
      2,
      'is listed twice',
    ],
    [
      'a known failure with an unknown key',
      yaml('- {id: get-capabilities.scope, reason: x, colour: red}'),
      2,
      'unknown key "colour"',
    ],
    ['a report folder that is a file', () => ['run', plugin, '--report', file('taken', '')], 2, 'cannot be written'],
    ['a check that does not exist', () => ['explain', 'no.such'], 2, 'no check is named "no.such"'],
    ['a socket that is not there', () => ['run', `unix://${folder}/nobody.sock`], 3, 'cannot be reached'],
    [
      'an engine that is run as a driver',
      () => ['run', engine, '--profile', 'network-driver'],
      3,
      'is an engine and no plugin: run it with --profile engine',
    ],
    ['a driver that is run as an engine', run('--profile', 'engine'), 3, 'is a plugin and no engine: leave out'],
    [
      'checks of another profile',
      run('--profile', 'ipam-driver', '--only', 'join.*'),
      3,
      'no check of ipam-driver was selected',
    ],
    ['profiles of a driver and an engine', run('--profile', 'engine,ipam-driver'), 2, 'run the engine profile alone'],
  ];

  it.each(table)('with %s is one clear line', async (_, flags, code, message) => {
    const ended = await cli(...flags());
    expect(ended.err).toContain(message);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toMatch(/\n\s+at /);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
  });

  it('writes no report for a target that is no plugin', async () => {
    const socket = join(folder, 'web.sock');
    const server = createServer((_, response) => response.writeHead(404).end('<html>not here</html>')).listen(socket);
    mkdirSync(join(folder, 'empty'));
    const { code, err } = await cli('run', `unix://${socket}`, '--report', join(folder, 'empty'));
    server.close();
    expect(code).toBe(3);
    expect(err).toContain('is no engine (/_ping), and answers Plugin.Activate with');
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
    expect(existsSync(socket)).toBe(false);
  });
});

describe('what there is', () => {
  it('is listed with level and title', async () => {
    const { code, out } = await cli('list');
    expect(code).toBe(0);
    expect(out).toMatch(/^get-capabilities\.scope\s+MUST\s+The scope is local or global$/m);
  });

  it('is listed as JSON, by id', async () => {
    const { code, out } = await cli('list', '--json');
    const rows = JSON.parse(out) as readonly { readonly id: string }[];
    expect(code).toBe(0);
    expect(rows.map(({ id }) => id)).toEqual(checks.map(({ id }) => id).sort());
    expect(rows.find(({ id }) => id === 'get-capabilities.scope')).toEqual({
      id: 'get-capabilities.scope',
      level: 'MUST',
      face: 'network-driver',
      clause: 'network-driver.get-capabilities.scope',
      title: 'The scope is local or global',
      operation: 'NetworkDriver.GetCapabilities',
      needs: [],
      stage: 'main',
    });
  });

  it('is explained with clause, why, source and the fault that proves it', async () => {
    const { code, out } = await cli('explain', 'get-capabilities.scope');
    expect(code).toBe(0);
    for (const part of ['network-driver.get-capabilities.scope (MUST)', 'Why:', 'Sources:', '#upper-case'])
      expect(out).toContain(part);
    expect(out).toContain("- R-TST: the tests of Docker Engine's client of network drivers\n    https://github.com/");
    expect(out).toMatch(/that holds:\n {2}> POST .*GetCapabilities\n {2}< 200\s+\{"Scope":"local"/);
    expect(out).toMatch(/that does not \(.*GetCapabilities\n {2}< 200\s+\{"Scope":"Local"/s);
    expect(out).toMatch(/ {2}wanted [^\n]+\n {2}got {4}[^>]+"Local"/);
    expect(out.replaceAll('\n', ' ')).toContain(
      `To mend it: ${clauseOf('network-driver.get-capabilities.scope').mend}`,
    );
    expect(out).toContain('It is broken, for instance, in these ways:\n  - ');
  });

  const exchangesOf = (kind: string): readonly string[] =>
    kind === 'histories'
      ? ['No exchange is shown']
      : kind === 'sequences'
        ? ['\nCalls that do not hold (', '\nThe last of these calls, answered right:\n  > ']
        : ['\nAn exchange that holds:\n', '\nAn exchange that does not ('];

  it('is explained within 80 columns, each with all of its parts', () => {
    for (const { id, act } of checks) {
      const text = explain(checks, id);
      for (const part of ['Why: ', 'To mend it: ', 'in these ways:', `replay REPORT ${id}`])
        expect(text, id).toContain(part);
      expect(text, id).toMatch(/^ {2}(Sources|Seen broken in):\n {2}- /m);
      for (const part of exchangesOf(act.kind)) expect(text, id).toContain(part);
      const wide = text
        .split('\n')
        .filter((line) => line.length > 80 && !line.startsWith('  $ ') && /[ ,](?=.)/.test(line.slice(4, -1)));
      expect(wide, id).toEqual([]);
    }
  });

  it('is explained with the bugs behind it', async () => {
    const { out } = await cli('explain', 'transport.host-header');
    expect(out).toContain('https://github.com/moby/moby/issues/45935');
    const threads = [...new Set(checks.flatMap(({ clause }) => clauseOf(clause).source))].filter((source) =>
      source.includes('#'),
    );
    const repositories = threads.map((thread) => {
      const check = checks.find(({ clause }) => clauseOf(clause).source.includes(thread));
      const number = thread.slice(thread.indexOf('#') + 1);
      return new RegExp(`https://github.com/(\\S+)/issues/${number}\\b`).exec(explain(checks, check?.id ?? ''))?.[1];
    });
    expect([...new Set(repositories)].sort()).toEqual([
      'AliyunContainerService/pouch',
      'ClusterHQ/flocker',
      'Mellanox/docker-sriov-plugin',
      'TritonDataCenter/sdc-docker',
      'ciao-project/ciao',
      'cilium/cilium',
      'containers/netavark',
      'contiv/netplugin',
      'devplayer0/docker-net-dhcp',
      'docker-archive/classicswarm',
      'docker/cli',
      'golang/go',
      'gopher-net/docker-ovs-plugin',
      'gopher-net/ipvlan-docker-plugin',
      'gopher-net/macvlan-docker-plugin',
      'infobloxopen/docker-infoblox',
      'moby/libnetwork',
      'moby/moby',
      'orbstack/orbstack',
      'podman-container-tools/podman',
      'podman-desktop/podman-desktop',
      'projectcalico/calico',
      'projectcalico/calicoctl',
      'projectcalico/libnetwork-plugin',
      'socktainer/socktainer',
      'vmware/vic',
      'weaveworks/weave',
    ]);
  });

  it('is helped with examples and exit codes', async () => {
    const { code, out } = await cli('run', '--help');
    expect(code).toBe(0);
    for (const part of ['Examples:', 'Exit codes:', '--known-failures']) expect(out).toContain(part);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
