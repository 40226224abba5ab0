import type { FaultId, IPAMConfig, NetworkCreateRequest, NetworkInspect } from '@opencnm/spec';
import { refusal, turning } from './engine/on-engine.js';
import { creating, withConfigs } from './engine/on-networks.js';
import { mistaking, onAnswers, pathOf } from './engine/on-wire.js';
import { engineFault, isCustom, showing, unless } from './engine-faults.js';
import type { Fault } from './fault.js';
import { bodyOf, jsonOf, textOf } from './wire-faults.js';

/** Faults in the members that a new network is shown with. */
export const engineMemberFaults = {
  'engine.network-create.names#refuses-dots': creating((body) => {
    if (body.Name.includes('.')) throw refusal(400, `invalid name: ${body.Name}`);
    return body;
  }),
  'engine.network-create.names#any-case': engineFault((inner) => ({
    async networkCreate(input, context) {
      const names = (await inner.networkList({}, context)).map(({ Name }) => Name.toLowerCase());
      if (names.includes(input.body.Name.toLowerCase()))
        throw refusal(409, `network with name ${input.body.Name} already exists`);
      return inner.networkCreate(input, context);
    },
  })),
  'engine.network-create.new-id#same': engineFault((inner) => {
    const first = new Map<string, string>();
    const real = new Map<string, string>();
    return {
      async networkCreate(input, context) {
        const { Id, Warning } = await inner.networkCreate(input, context);
        const shown = first.get(input.body.Name) ?? Id;
        first.set(input.body.Name, shown);
        real.set(shown, Id);
        return { Id: shown, Warning };
      },
      async networkInspect(input, context) {
        const network = await inner.networkInspect({ ...input, id: real.get(input.id) ?? input.id }, context);
        return { ...network, Id: first.get(network.Name) ?? network.Id };
      },
      networkDelete: ({ id }, context) => inner.networkDelete({ id: real.get(id) ?? id }, context),
    };
  }),
  'engine.network-create.created#year-one': showing((network) => ({ ...network, Created: '0001-01-01T00:00:00Z' })),
  'engine.network-create.created#always-now': showing((network) => ({
    ...network,
    // With nanoseconds, as engines write it: two looks within a millisecond differ, too.
    Created: `${new Date().toISOString().slice(0, -1)}${String(process.hrtime.bigint() % 1_000_000n).padStart(6, '0')}Z`,
  })),
  'engine.network-create.created#without-zone': showing(({ Created, ...network }) => ({
    ...network,
    Created: Created.replace('T', ' ').replace('Z', ''),
  })),
  'engine.network-create.odd-labels#drops-empty': labelling(([, value]) => value !== ''),
  'engine.network-create.odd-labels#cuts-values': relabelling((value) => value.split('=')[0] ?? ''),
  'engine.network-create.odd-labels#escapes': relabelling((value) => value.replaceAll('<', '&lt;')),
  'engine.network-create.odd-labels#ascii-only': relabelling((value) => value.replaceAll(/[^ -~]/g, '?')),
  'engine.network-create.options#first-only': optioning((options) => options.slice(0, 1)),
  'engine.network-create.options#lower-case': optioning((options) =>
    options.map(([name, value]) => [name.toLowerCase(), value]),
  ),
  'engine.network-create.options#as-types': onAnswers(
    (request, { status }) => pathOf(request).startsWith('/networks/') && status === 200,
    (answer) => ({ ...answer, body: bodyOf(answer).replaceAll(/("com\.docker\.[\w.]+":)"(\d+)"/g, '$1$2') }),
  ),
  'engine.network-create.plain#internal': showingPlain({ Internal: true }),
  'engine.network-create.plain#attachable': showingPlain({ Attachable: true }),
  'engine.network-create.plain#with-ipv6': showingPlain({ EnableIPv6: true }),
  'engine.network-create.plain#config-only': showingPlain({ ConfigOnly: true }),
  'engine.network-create.plain#other-driver': showingPlain({ Driver: 'macvlan' }),
  'engine.network-create.plain#other-scope': showingPlain({ Scope: 'global' }),
  'engine.network-create.attachable#dropped': creating(({ Attachable: _, ...body }) => body),
  'engine.network-create.config-only#made': creating(({ ConfigOnly: _, ...body }) => body),
  'engine.network-create.config-only#not-taken': creating(({ ConfigFrom: _, ...body }) => body),
  'engine.network-create.ipv6#not-shown': showing((network) => ({ ...network, EnableIPv6: false })),
  'engine.network-create.ipv6#first-subnet-only': showing((network) => ({
    ...network,
    IPAM: { ...network.IPAM, Config: (network.IPAM.Config ?? []).slice(0, 1) },
  })),
  'engine.network-create.ip-range#not-shown': showingConfigs(({ IPRange: _, ...config }) => config),
  'engine.network-create.ip-range#as-subnet': showingConfigs((config) => ({
    ...config,
    ...(config.IPRange && config.Subnet ? { IPRange: config.Subnet } : {}),
  })),
  'engine.network-create.ip-range#not-kept-to': forgetting(({ IPRange: _, ...config }) => config),
  'engine.network-create.auxiliary#not-shown': showingConfigs(({ AuxiliaryAddresses: _, ...config }) => config),
  'engine.network-create.auxiliary#first-only': showingAuxiliary((addresses) => addresses.slice(0, 1)),
  'engine.network-create.auxiliary#with-prefix': showingAuxiliary((addresses) =>
    addresses.map(([name, address]) => [name, `${address}/24`]),
  ),
  'engine.network-create.auxiliary#handed-out': forgetting(({ AuxiliaryAddresses: _, ...config }) => config),
  'engine.network-create.other-gateway#first-address': creating((body) =>
    withConfigs(body, ({ Gateway: _, ...config }) => config),
  ),
  'engine.network-create.ipam-driver#empty': showing((network) => ({
    ...network,
    IPAM: { ...network.IPAM, Driver: '' },
  })),
  'engine.network-create.ipam-driver#options-lost': showing((network) => ({
    ...network,
    IPAM: { ...network.IPAM, Options: null },
  })),
  'engine.network-create.invalid-config#any-subnet': mistaking((request) => {
    const body = jsonOf(request) as NetworkCreateRequest | undefined;
    const isIt = body?.IPAM?.Config?.some(({ Subnet = '/' }) => !Subnet.includes('/')) ?? false;
    return isIt ? { ...request, body: new TextEncoder().encode(JSON.stringify({ ...body, IPAM: null })) } : request;
  }),
  'engine.network-create.invalid-config#any-gateway': engineFault((inner) => ({
    networkCreate: ({ body }, context) =>
      unless(400, inner.networkCreate({ body }, context), (error) => {
        if (!error.message.includes('invalid gateway')) throw error;
        return inner.networkCreate({ body: withConfigs(body, ({ Gateway: _, ...config }) => config) }, context);
      }),
  })),
  'engine.network-create.used-name-again#second-try': engineFault((inner) => {
    const refused = new Set<string>();
    return {
      networkCreate: (input, context) =>
        unless(409, inner.networkCreate(input, context), (error) => {
          const { Name } = input.body;
          if (refused.has(Name)) return inner.networkCreate({ body: renamed(input.body) }, context);
          refused.add(Name);
          throw error;
        }),
    };
  }),
  'engine.network-create.used-name-again#other-wish': onUsedName(({ Internal }) => Internal === true),
  'engine.network-create.used-name-again#takes-labels': engineFault((inner) => {
    const labels = new Map<string, NetworkInspect['Labels']>();
    return {
      networkCreate: (input, context) =>
        unless(409, inner.networkCreate(input, context), (error) => {
          labels.set(input.body.Name, input.body.Labels ?? {});
          throw error;
        }),
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        return { ...network, Labels: labels.get(network.Name) ?? network.Labels };
      },
    };
  }),
  'engine.network-create.used-name-at-once#all': onUsedName(() => true),
  'engine.network-create.refused-keeps-nothing#keeps-subnet': keepingOnRefusal(403),
  'engine.network-create.refused-keeps-nothing#keeps-used-name': keepingOnRefusal(409),
  'engine.network-create.refused-keeps-nothing#keeps-foreign-gateway': keepingOnRefusal(400),
  'engine.network-create.overlap-ipv6#accepted': engineFault((inner) => ({
    networkCreate: ({ body }, context) =>
      unless(403, inner.networkCreate({ body }, context), (error) => {
        const Config = (body.IPAM?.Config ?? []).filter(({ Subnet = '' }) => !Subnet.includes(':'));
        if (Config.length === body.IPAM?.Config?.length) throw error;
        return inner.networkCreate({ body: { ...body, IPAM: { ...body.IPAM, Config } } }, context);
      }),
  })),
  'engine.network-create.unknown-driver#as-bridge': engineFault((inner) => ({
    networkCreate: ({ body: { Driver: _, ...body } }, context) => inner.networkCreate({ body }, context),
  })),
  'engine.network-create.bad-body#empty': onBadBody((body) => body === ''),
  'engine.network-create.bad-body#list': onBadBody((body) => body.startsWith('[')),
  'NetworkInspect/400#internal-error': turning('networkInspect', 400, 500),
  'NetworkInspect/400#not-found': turning('networkInspect', 400, 404),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

function labelling(isKept: (label: readonly [string, string]) => boolean): Fault {
  return creating((body) => ({
    ...body,
    Labels: Object.fromEntries(Object.entries(body.Labels ?? {}).filter((label) => isKept(label))),
  }));
}

function relabelling(edit: (value: string) => string): Fault {
  return creating((body) => ({
    ...body,
    Labels: Object.fromEntries(Object.entries(body.Labels ?? {}).map(([key, value]) => [key, edit(value)])),
  }));
}

function optioning(edit: (options: readonly (readonly [string, string])[]) => readonly (readonly [string, string])[]) {
  return creating((body) => ({ ...body, Options: Object.fromEntries(edit(Object.entries(body.Options ?? {}))) }));
}

/** Shows the networks of users with other members. */
function showingPlain(members: Partial<NetworkInspect>): Fault {
  return showing((network) => (isCustom(network) ? { ...network, ...members } : network));
}

function showingConfigs(edit: (config: IPAMConfig) => IPAMConfig): Fault {
  return showing((network) => withConfigs(network, edit));
}

function showingAuxiliary(
  edit: (addresses: readonly (readonly [string, string])[]) => readonly (readonly [string, string])[],
): Fault {
  return showingConfigs((config) =>
    config.AuxiliaryAddresses
      ? { ...config, AuxiliaryAddresses: Object.fromEntries(edit(Object.entries(config.AuxiliaryAddresses))) }
      : config,
  );
}

/** Makes networks with less of their IPAM configuration, and shows all of it. */
function forgetting(edit: (config: IPAMConfig) => IPAMConfig): Fault {
  return engineFault((inner) => {
    const asked = new Map<string, NetworkCreateRequest['IPAM']>();
    return {
      async networkCreate({ body }, context) {
        const made = await inner.networkCreate({ body: withConfigs(body, edit) }, context);
        asked.set(made.Id, body.IPAM ?? null);
        return made;
      },
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        return { ...network, IPAM: { ...network.IPAM, ...asked.get(network.Id) } };
      },
    };
  });
}

/** Keeps the first subnet of a create taken that was refused with a status. */
function keepingOnRefusal(status: number): Fault {
  return engineFault((inner) => {
    const kept = new Set<string>();
    return {
      async networkCreate(input, context) {
        const first = input.body.IPAM?.Config?.[0]?.Subnet ?? '';
        if (kept.has(first)) throw refusal(403, 'Pool overlaps with other one on this address space');
        return unless(status, inner.networkCreate(input, context), (error) => {
          kept.add(first);
          throw error;
        });
      },
    };
  });
}

/** Makes a second network of a used name for some wishes; its real name has a blank behind it. */
function onUsedName(applies: (body: NetworkCreateRequest) => boolean): Fault {
  return engineFault((inner) => ({
    networkCreate: ({ body }, context) =>
      unless(409, inner.networkCreate({ body }, context), (error) => {
        if (!applies(body)) throw error;
        return inner.networkCreate({ body: renamed(body) }, context);
      }),
  }));
}

function renamed(body: NetworkCreateRequest): NetworkCreateRequest {
  return { ...body, Name: `${body.Name} ${Math.random()}`, IPAM: null };
}

function onBadBody(applies: (body: string) => boolean): Fault {
  return {
    engineTransport: (inner) => async (request) => {
      const isIt = pathOf(request) === '/networks/create' && applies(textOf(request).trim());
      return isIt
        ? { status: 500, headers: { 'Content-Type': 'application/json' }, body: '{"message":"unexpected EOF"}\n' }
        : inner(request);
    },
  };
}
