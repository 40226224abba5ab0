import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VariantId } from '@opencnm/mock-server';
import { operations } from '@opencnm/spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claims, type Feature } from '../src/feature.js';
import { checks, runSuite } from '../src/index.js';
import type { Judged } from '../src/outcome.js';
import { type OnMock, onMock } from './on-mock.js';

let mock: OnMock;
beforeAll(async () => {
  mock = await onMock();
});
beforeEach(() => mock.mock.reset());
afterAll(() => mock.close());

/** Runs the checks of some operations, with features that the target is claimed to have. */
async function outcomes(ids: RegExp, features: readonly Feature[]): Promise<readonly Judged[]> {
  const { judged } = await mock.run(
    checks.filter(({ id }) => ids.test(id)),
    { profiles: ['network-driver', 'ipam-driver'], settings: { features, timeoutMs: 5_000 } },
  );
  return judged;
}

const verdicts = (judged: readonly Judged[]) => [...new Set(judged.map(({ verdict }) => verdict))].sort();

describe('a feature that is claimed', () => {
  const table: readonly [Feature, RegExp, VariantId][] = [
    ['discovery', /^discover-/, 'without-discovery'],
    ['scope-global', /^(allocate|free)-network/, 'without-allocation'],
    ['gw-alloc-check', /^gw-alloc-check/, 'without-gw-alloc-check'],
    ['external-connectivity', /^(program|revoke)-external-connectivity/, 'of-2015'],
  ];
  it.each(table)(
    '%s fails where it is not served, and does not apply where nobody claims it',
    async (feature, ids, variant) => {
      mock.mock.reset([], [variant]);
      expect(verdicts(await outcomes(ids, []))).toEqual(['not-applicable']);
      const claimed = await outcomes(ids, [feature]);
      expect(claimed.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(0);
      expect(claimed.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
    },
  );

  it('passes where it is served', async () => {
    expect(
      verdicts(await outcomes(/^(discover-|program-external|revoke-external)/, ['discovery', 'external-connectivity'])),
    ).not.toContain('fail');
  });
});

describe('the features that can be claimed', () => {
  it('are those of the config', () => {
    const schema = JSON.parse(readFileSync(new URL('../config.schema.json', import.meta.url), 'utf8')) as {
      properties: { features: { items: { enum: string[] } } };
    };
    expect(schema.properties.features.items.enum).toEqual(Object.keys(claims));
  });

  it('cover every operation that a network driver may lack', () => {
    const optional = Object.values(operations).filter((row) => row.optional && row.face === 'network-driver');
    expect(Object.values(claims).flat().sort()).toEqual(optional.map(({ id }) => id).sort());
  });
});

describe('a profile that is claimed and not served', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const isHandshake = request.url === '/Plugin.Activate';
      request.resume().on('end', () => {
        response
          .writeHead(isHandshake ? 200 : 404)
          .end(isHandshake ? '{"Implements":["IpamDriver"]}' : 'page not found');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ['by the handshake', undefined, 'ipam-driver', /^(request-pool|get-default)/],
    ['by its user', ['network-driver'], 'network-driver', /^(create-network|get-capabilities)/],
  ] as const)('%s fails', async (_, profiles, profile, ids) => {
    const report = await runSuite({
      target: url,
      checks: checks.filter(({ id }) => ids.test(id)),
      ...(profiles ? { profiles } : {}),
    });
    expect(report.target.profiles).toEqual([profile]);
    expect(report.counts.fail).toBeGreaterThan(0);
    expect(report.counts.pass).toBeLessThan(report.counts.fail + report.counts.blocked);
    expect([report.verdict, report.exitCode]).toEqual(['not-conformant', 1]);
  });
});
