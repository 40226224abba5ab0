import { memoryIpamDriver } from '@opencnm/mock-server';
import { CnmError } from '@opencnm/sdk';
import { handlePlugin, listen } from '@opencnm/sdk/driver-kit';
import { clauseOf, type IpamDriver } from '@opencnm/spec';
import { afterEach, describe, expect, it } from 'vitest';
import { checks, type RunOptions, runSuite } from '../src/index.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function refuse(message: string): never {
  throw new CnmError({ code: 'refused', message });
}

const macKey = 'com.docker.network.endpoint.macaddress';

/** Drivers that differ from the mock in a way that engines take. */
const legal: Readonly<Record<string, (inner: IpamDriver) => Partial<IpamDriver>>> = {
  'serves no GetCapabilities': ({ getCapabilities: _, ...inner }) => inner,
  'requires MAC addresses': (inner) => ({
    ...inner,
    getCapabilities: async () => ({ RequiresMACAddress: true }),
    requestAddress: async (request) =>
      request.Address || request.Options?.RequestAddressType || request.Options?.[macKey]
        ? inner.requestAddress(request)
        : refuse('a MAC address is required'),
  }),
  'asks for replay and grants held addresses again': (inner) => ({
    ...inner,
    getCapabilities: async () => ({ RequiresRequestReplay: true }),
    requestAddress: async (request) =>
      inner.requestAddress(request).catch((error: Error) => {
        if (!request.Address || !error.message.includes('in use')) throw error;
        return { Address: `${request.Address}/${request.PoolID.split('/').at(-1)}` };
      }),
  }),
  'names no address spaces': (inner) => ({
    ...inner,
    getDefaultAddressSpaces: async () => ({}),
    requestPool: (request) => inner.requestPool({ ...request, AddressSpace: 'LocalDefault' }),
  }),
  'has one address space': (inner) => ({
    ...inner,
    getDefaultAddressSpaces: async () => ({
      LocalDefaultAddressSpace: 'LocalDefault',
      GlobalDefaultAddressSpace: 'LocalDefault',
    }),
  }),
  'refuses to choose pools': (inner) => ({
    ...inner,
    requestPool: async (request) => (request.Pool ? inner.requestPool(request) : refuse('name a pool')),
  }),
  'refuses to choose addresses': (inner) => ({
    ...inner,
    requestAddress: async (request) => (request.Address ? inner.requestAddress(request) : refuse('name an address')),
  }),
  'refuses pools that are named': (inner) => ({
    ...inner,
    requestPool: async (request) => (request.Pool ? refuse('pools are chosen here') : inner.requestPool(request)),
  }),
  'refuses sub-pools': (inner) => ({
    ...inner,
    requestPool: async (request) => (request.SubPool ? refuse('no sub-pools') : inner.requestPool(request)),
  }),
  'refuses IPv6': (inner) => ({
    ...inner,
    requestPool: async (request) =>
      request.V6 || request.Pool?.includes(':') ? refuse('no IPv6') : inner.requestPool(request),
  }),
  'refuses a pool that is held already': (inner) => {
    const held = new Set<string>();
    return {
      ...inner,
      requestPool: async (request) => {
        const answer = await inner.requestPool(request);
        const { PoolID = '' } = answer;
        if (held.has(PoolID)) {
          await inner.releasePool({ PoolID });
          refuse('the pool is in use');
        }
        held.add(PoolID);
        return answer;
      },
      releasePool: (request) => {
        held.delete(request.PoolID);
        return inner.releasePool(request);
      },
    };
  },
  'refuses to release what it does not know': (inner) => {
    const held = new Set<string>();
    return {
      ...inner,
      requestAddress: async (request) => {
        const answer = await inner.requestAddress(request);
        held.add(answer.Address?.split('/')[0] ?? '');
        return answer;
      },
      releaseAddress: async (request) =>
        held.delete(request.Address) ? inner.releaseAddress(request) : refuse('never heard of it'),
    };
  },
  'keeps the first addresses of a pool for itself': (inner) => ({
    ...inner,
    requestPool: async (request) => {
      const answer = await inner.requestPool(request);
      const first = answer.Pool?.endsWith('.0/24') ? answer.Pool.replace('.0/24', '.2') : '';
      if (first)
        await inner.requestAddress({ PoolID: answer.PoolID ?? '', Address: first, Options: null }).catch(() => {});
      return answer;
    },
  }),
  'answers with null members and more than is asked': (inner) => ({
    ...inner,
    requestPool: async (request) => ({ ...(await inner.requestPool(request)), Data: null, Extra: 1 }),
    requestAddress: async (request) => ({ ...(await inner.requestAddress(request)), Data: null, Error: '' }),
  }),
};

async function runOn(driver: Partial<IpamDriver>, options: Partial<RunOptions> = {}) {
  const server = await listen(handlePlugin({ ipamDriver: driver }), 'tcp://127.0.0.1:0');
  closing.push(() => server.close());
  const ipamChecks = checks.filter(({ clause }) => clauseOf(clause).face === 'ipam-driver');
  return runSuite({ target: server.address, profiles: ['ipam-driver'], checks: ipamChecks, seed: 7, ...options });
}

describe.each(Object.entries(legal))('an IPAM driver that %s', (_, odd) => {
  it('breaks no MUST', async () => {
    const { judged } = await runOn(odd(memoryIpamDriver()));
    const failed = judged.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
    expect(failed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  });
});

describe('the checks of IPAM drivers', () => {
  it('judge alike one after the other, all at once, and a second time on the same driver', async () => {
    const driver = memoryIpamDriver();
    const verdicts = async (jobs: number, seed: number) =>
      (await runOn(driver, { jobs, seed })).judged
        .map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`)
        .sort();
    const alone = await verdicts(1, 1);
    expect(await verdicts(8, 1)).toEqual(alone);
    expect(await verdicts(8, 2)).toEqual(alone);
    expect(alone.filter((line) => !/ (pass|yes) $/.test(line))).toEqual([]);
  });

  it('work within one pool, for drivers that accept no other', async () => {
    const only = '172.20.0.0/22';
    const inner = memoryIpamDriver();
    const driver: IpamDriver = {
      ...inner,
      requestPool: async (request) =>
        request.Pool === only || request.V6 ? inner.requestPool(request) : refuse(`only ${only} is served`),
    };
    const { judged } = await runOn(driver, { settings: { pool: only } });
    const failed = judged.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
    expect(failed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  });
});
