import { memoryIpamDriver, memoryNetworkDriver } from '@opencnm/mock-server';
import { CnmError } from '@opencnm/sdk';
import { type Handler, type HttpResponse, handlePlugin, listen } from '@opencnm/sdk/driver-kit';
import type { NetworkDriver } from '@opencnm/spec';
import { afterEach, describe, expect, it } from 'vitest';
import { checks, type RunOptions, runSuite } from '../src/index.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function refuse(message: string): never {
  throw new CnmError({ code: 'refused', status: 500, message });
}

const notImplemented = async () => refuse('not implemented');

interface Oddity {
  readonly driver?: (inner: NetworkDriver) => Partial<NetworkDriver>;
  readonly handler?: (inner: Handler) => Handler;
  readonly run?: Partial<RunOptions>;
}

/** Plugins that differ from the mock in a way that engines take. */
const legal: Readonly<Record<string, Oddity>> = {
  'serves none of the optional methods': {
    driver: ({ gwAllocCheck, allocateNetwork, freeNetwork, discoverNew, discoverDelete, ...inner }) => ({
      ...inner,
      getCapabilities: async () => ({ Scope: 'local' }),
    }),
  },
  'fails the optional methods with 500': {
    driver: (inner) => ({
      ...inner,
      getCapabilities: async () => ({ Scope: 'local' }),
      gwAllocCheck: notImplemented,
      allocateNetwork: notImplemented,
      freeNetwork: notImplemented,
      discoverNew: notImplemented,
      discoverDelete: notImplemented,
    }),
  },
  'needs an option': {
    driver: (inner) => ({
      ...inner,
      createNetwork: async (request) =>
        request.Options?.['com.docker.network.generic']?.['acme.vlan']
          ? inner.createNetwork(request)
          : refuse('acme.vlan is needed'),
    }),
    run: { settings: { networkOptions: { 'acme.vlan': '10' } } },
  },
  'has global scope and needs an option': {
    driver: (inner) => ({
      ...inner,
      getCapabilities: async () => ({ Scope: 'global' }),
      allocateNetwork: async (request) =>
        request.Options?.['acme.vlan'] ? { Options: { ...request.Options } } : refuse('acme.vlan is needed'),
      createNetwork: async (request) =>
        request.Options?.['com.docker.network.generic']?.['acme.vlan']
          ? inner.createNetwork(request)
          : refuse('acme.vlan is needed'),
    }),
    run: { settings: { networkOptions: { 'acme.vlan': '10' } } },
  },
  'serves one subnet': {
    driver: (inner) => ({
      ...inner,
      createNetwork: async (request) =>
        request.IPv4Data?.every(({ Pool, AuxAddresses = {} }) => {
          const inside = Object.values(AuxAddresses ?? {}).every((address) => address.startsWith('172.20.3.7'));
          return Pool === '172.20.3.64/26' && inside;
        })
          ? inner.createNetwork(request)
          : refuse('172.20.3.64/26 only'),
    }),
    run: {
      settings: { ipam: 'engine', pool: '172.20.3.64/26', gateway: '172.20.3.65/26', address: '172.20.3.70/26' },
    },
  },
  'wants networks of the null IPAM driver': {
    driver: (inner) => ({
      ...inner,
      createNetwork: async (request) =>
        request.IPv4Data?.every(({ AddressSpace }) => AddressSpace === 'null')
          ? inner.createNetwork(request)
          : refuse('use --ipam-driver null'),
    }),
    run: { settings: { ipam: 'null' } },
  },
  'wants one subnet with a gateway': {
    driver: (inner) => ({
      ...inner,
      createNetwork: async (request) =>
        request.IPv4Data?.length === 1 && request.IPv4Data[0]?.Gateway
          ? inner.createNetwork(request)
          : refuse('one subnet and its gateway are needed'),
    }),
  },
  'drops the connection when it cannot read a pool': {
    handler: (inner) => async (request) =>
      new TextDecoder().decode(request.body).includes('no-pool') ? 'close' : inner(request),
  },
  'does not look for duplicates': {
    driver: (inner) => ({ ...inner, createNetwork: (request) => inner.createNetwork(request).catch(() => ({})) }),
  },
  'refuses to delete what it does not know, or what is in use': {
    driver: (inner) => {
      const endpoints = new Map<string, Set<string>>();
      return {
        ...inner,
        createNetwork: (request) => {
          endpoints.set(request.NetworkID, endpoints.get(request.NetworkID) ?? new Set());
          return inner.createNetwork(request);
        },
        createEndpoint: (request) => {
          endpoints.get(request.NetworkID)?.add(request.EndpointID);
          return inner.createEndpoint(request);
        },
        deleteEndpoint: (request) => {
          endpoints.get(request.NetworkID)?.delete(request.EndpointID);
          return inner.deleteEndpoint(request);
        },
        deleteNetwork: async (request) => {
          if (endpoints.get(request.NetworkID)?.size !== 0) refuse('the network is unknown or in use');
          endpoints.delete(request.NetworkID);
          return inner.deleteNetwork(request);
        },
      };
    },
  },
  'has no handshake': {
    handler: (inner) => async (request) =>
      request.path === '/Plugin.Activate' ? { status: 404, body: '404 page not found\n' } : inner(request),
    run: { profiles: ['network-driver', 'ipam-driver'], handshake: false },
  },
  'reports failures with status 200': {
    handler: edited((answer) =>
      answer.status >= 400 && answer.status !== 404
        ? { ...answer, status: 200, body: JSON.stringify({ Err: errOf(answer), Error: errOf(answer) }) }
        : answer,
    ),
  },
  'reports failures as text': {
    handler: edited((answer) =>
      answer.status >= 400
        ? { status: answer.status, headers: { 'Content-Type': 'text/plain' }, body: `${errOf(answer)}\n` }
        : answer,
    ),
  },
  'names no media type': { handler: edited(({ status, body = '' }) => ({ status, body })) },
  'closes each connection': {
    handler: edited((answer) => ({ ...answer, headers: { ...answer.headers, Connection: 'close' } })),
  },
  'sends chunks': {
    handler: edited((answer) => ({ ...answer, body: chunksOf(String(answer.body)) })),
  },
  'prints its answers over several lines, with more than is asked': {
    handler: edited((answer) =>
      answer.status === 200
        ? { ...answer, body: `${JSON.stringify({ ...bodyOf(answer), Err: '', Error: '', Extra: null }, null, 2)}\n` }
        : answer,
    ),
  },
  'answers null where nothing is to be said': {
    handler: edited((answer) => (answer.body === '{}' ? { ...answer, body: 'null' } : answer)),
  },
  'takes paths in any case, with a slash behind them, and any method': {
    handler: (inner) => (request) => inner({ ...request, method: 'POST', path: request.path.replace(/\/$/, '') }),
  },
  'answers a little late': {
    handler: (inner) => async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return inner(request);
    },
  },
};

function edited(edit: (answer: HttpResponse) => HttpResponse): (inner: Handler) => Handler {
  return (inner) => async (request) => {
    const answer = await inner(request);
    return answer === 'close' ? answer : edit(answer);
  };
}

function bodyOf({ body }: HttpResponse): Readonly<Record<string, unknown>> {
  return JSON.parse(String(body)) as Record<string, unknown>;
}

function errOf(answer: HttpResponse): unknown {
  return bodyOf(answer)['Err'];
}

async function* chunksOf(text: string): AsyncGenerator<string> {
  yield text.slice(0, 1);
  yield text.slice(1);
}

/** What this file is about: the plugin, and all of a network driver but its endpoints. */
const own =
  /^(plugin\.|network-driver\.(get-capabilities|gw-alloc-check|create-network|delete-network|allocate-network|free-network|discover-new)\.)/;

async function runOn({ driver = (inner) => inner, handler = (inner) => inner, run = {} }: Oddity) {
  const faces = { networkDriver: driver(memoryNetworkDriver()), ipamDriver: memoryIpamDriver() };
  const server = await listen(handler(handlePlugin(faces)), 'tcp://127.0.0.1:0');
  closing.push(() => server.close());
  return runSuite({
    target: server.address,
    checks: checks.filter(({ clause }) => own.test(clause)),
    seed: 7,
    ...run,
  });
}

describe.each(Object.entries(legal))('a plugin that %s', (_, odd) => {
  it('breaks no MUST and blocks no check', async () => {
    const { judged } = await runOn(odd);
    const failed = judged.filter(({ verdict }) => ['fail', 'error', 'blocked'].includes(verdict));
    expect(failed.map(({ id, verdict, reason }) => `${verdict} ${id}: ${reason}`)).toEqual([]);
    expect(judged.flatMap(({ leftBehind }) => leftBehind)).toEqual([]);
  });
});

describe('the checks of plugins and networks', () => {
  it('judge alike one after the other, all at once, and a second time on the same driver', async () => {
    const driver = memoryNetworkDriver();
    const verdicts = async (jobs: number, seed: number) =>
      (await runOn({ driver: () => driver, run: { jobs, seed } })).judged
        .map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`)
        .sort();
    const alone = await verdicts(1, 1);
    expect(await verdicts(8, 1)).toEqual(alone);
    expect(await verdicts(8, 2)).toEqual(alone);
    expect(alone.filter((line) => !/ (pass|yes|not-applicable) /.test(line))).toEqual([]);
  });
});
