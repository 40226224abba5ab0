import { clauseOf } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { explain } from '../src/commands/explain.js';
import { checks } from '../src/index.js';
import { cli } from './cli.js';

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
