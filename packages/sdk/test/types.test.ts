import type { Engine, EventMessage, IpamDriver, NetworkDriver, NetworkInspect, PluginFace } from '@opencnm/spec';
import { expectTypeOf, it } from 'vitest';
import type { servePlugin } from '../src/driver-kit/index.js';
import type { EngineClient } from '../src/engine/index.js';
import { CnmError, type CnmErrorCode } from '../src/index.js';
import type { PluginClient } from '../src/plugin/index.js';

// Nothing here runs: what must not compile is marked, and the compiler refuses a mark that is not needed.
const unused = (_: () => unknown): void => {};

it('the groups of an engine are typed by the table', () => {
  unused(async () => {
    const { networks, system } = {} as EngineClient;
    expectTypeOf(await networks.inspect({ id: 'n' })).toEqualTypeOf<NetworkInspect>();
    expectTypeOf(await networks.delete({ id: 'n' })).toEqualTypeOf<void>();
    expectTypeOf(system.events()).toEqualTypeOf<AsyncIterable<EventMessage>>();
    await networks.list();
    await networks.list({ filters: { name: ['a'] } }, { timeoutMs: 5, signal: AbortSignal.abort() });
    await system.ping({ timeoutMs: 5 });

    // @ts-expect-error an inspect needs an id
    await networks.inspect();
    // @ts-expect-error an id is a string
    await networks.inspect({ id: 1 });
    // @ts-expect-error a connect needs a body
    await networks.connect({ id: 'n' });
    // @ts-expect-error a create needs a name
    await networks.create({ body: {} });
    // @ts-expect-error no group has this name
    await ({} as EngineClient).volumes.list();
    // @ts-expect-error no call has this name
    await networks.rename({ id: 'n' });
    // @ts-expect-error the options are not the input
    await networks.list({ timeoutMs: 5 });
    // @ts-expect-error no option has this name
    await networks.list({}, { retries: 3 });
    // @ts-expect-error events are iterated, not awaited
    (await system.events()).Action;
    // @ts-expect-error a call cannot be replaced
    networks.list = async () => [];
  });
});

it('clients are faces', () => {
  expectTypeOf<EngineClient['face']>().toExtend<Engine>();
  expectTypeOf<PluginClient['plugin']>().toExtend<PluginFace>();
  expectTypeOf<PluginClient['networkDriver']>().toExtend<NetworkDriver>();
  expectTypeOf<PluginClient['ipamDriver']>().toExtend<IpamDriver>();
});

it('a driver is typed by its face', () => {
  unused(async () => {
    const serve = {} as typeof servePlugin;
    await serve({ networkDriver: { getCapabilities: async () => ({ Scope: 'local' }) } }, { socket: '/a.sock' });
    // @ts-expect-error no such scope
    await serve({ networkDriver: { getCapabilities: async () => ({ Scope: 'planet' }) } }, { socket: '/a.sock' });
    // @ts-expect-error no such method
    await serve({ networkDriver: { explode: async () => ({}) } }, { socket: '/a.sock' });
    // @ts-expect-error an answer is a promise
    await serve({ networkDriver: { deleteNetwork: () => ({}) } }, { socket: '/a.sock' });
    // @ts-expect-error the id of a pool is a string
    await serve({ ipamDriver: { requestPool: async () => ({ PoolID: 1 }) } }, { socket: '/a.sock' });
  });
});

it('an error has one of the codes', () => {
  expectTypeOf<CnmError['code']>().toEqualTypeOf<CnmErrorCode>();
  // @ts-expect-error no such code
  unused(() => new CnmError({ code: 'oops', message: 'x' }));
  // @ts-expect-error an error has a message
  unused(() => new CnmError({ code: 'refused' }));
});
