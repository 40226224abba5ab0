import { setTimeout as delay } from 'node:timers/promises';
import type { JoinRequest, JoinResponse, NetworkDriver } from '@opencnm/spec';
import { longText } from './long-text.js';
import type { Variant } from './variant.js';

/** What drivers answer to Join. */
export const joinVariants = {
  'join-empty': {
    text: 'Answers {} to Join and moves nothing, as drivers that enter the sandbox themselves.',
    ...joining(() => ({})),
  },
  'join-null': {
    text: 'Answers null for every member of Join.',
    ...joining(() => ({ InterfaceName: null, StaticRoutes: null })),
  },
  'join-gateway-of-its-own': {
    text: 'Names the gateway that its operator chose, whatever CreateNetwork tells, as contiv.',
    groups: ['join', 'settings'],
    settings: { ipam: 'engine', pool: '172.20.5.0/24', gateway: '172.20.5.254/24' },
    networkDriver: (inner) => ({
      ...inner,
      join: async (request) => {
        const answer = await inner.join(request);
        return answer.Gateway ? { ...answer, Gateway: '172.20.5.254' } : answer;
      },
    }),
  },
  'join-no-gateway': {
    text: 'Names a link and no gateway, and disables the gateway service.',
    ...joining(({ InterfaceName = null }) => ({ InterfaceName, DisableGatewayService: true })),
  },
  'join-link-alone': {
    text: 'Names a link and nothing else, so that the engine adds one to docker_gwbridge.',
    ...joining(({ InterfaceName = null }) => ({ InterfaceName })),
  },
  'join-empty-strings': {
    text: 'Answers empty gateways and an empty list of routes.',
    ...joining((answer) => ({ Gateway: '', GatewayIPv6: '', StaticRoutes: [], ...answer })),
  },
  'join-named-links': {
    text: 'Names links after their endpoints and the end that they shall have.',
    ...joining((answer, { EndpointID }) => ({
      ...answer,
      InterfaceName: { SrcName: `tap-${EndpointID.slice(0, 11)}`, DstPrefix: 'eth', DstName: 'eth0' },
    })),
  },
  'join-links-again': {
    text: 'Names the free link of the lowest number, and answers Leave a while after the link is free.',
    groups: ['join'],
    networkDriver: linksAgain,
  },
  'join-other-prefix': {
    text: 'Names links in the container otherwise than eth, as weave.',
    ...joining((answer) => ({
      ...answer,
      InterfaceName: { SrcName: answer.InterfaceName?.SrcName ?? '', DstPrefix: 'ethwe' },
    })),
  },
  'join-default-route': {
    text: 'Gives the default route as a static route in place of a gateway.',
    ...joining(({ Gateway, GatewayIPv6, ...answer }) => ({
      ...answer,
      StaticRoutes: [
        ...(Gateway ? [{ Destination: '0.0.0.0/0', RouteType: 0, NextHop: Gateway }] : []),
        ...(GatewayIPv6 ? [{ Destination: '::/0', RouteType: 0, NextHop: GatewayIPv6 }] : []),
      ],
    })),
  },
  'join-more-routes': {
    text: 'Gives routes beside the gateway, one through it and one on the link, as weave for multicast.',
    ...joining(({ Gateway, ...answer }) => ({
      ...answer,
      ...(Gateway ? { Gateway } : {}),
      StaticRoutes: [
        { Destination: '224.0.0.0/4', RouteType: 1, NextHop: '' },
        ...(Gateway ? [{ Destination: '192.0.2.0/24', RouteType: 0, NextHop: Gateway }] : []),
      ],
    })),
  },
  'layer-3': {
    text: 'Routes for its endpoints through one MAC address and a link-local gateway, as calico.',
    groups: ['join', 'create-endpoint', 'mac-text'],
    networkDriver: (inner) => ({
      ...joining(layer3).networkDriver(inner),
      async createEndpoint(request) {
        await inner.createEndpoint(request);
        return { Interface: request.Interface?.MacAddress ? {} : { MacAddress: 'ee:ee:ee:ee:ee:ee' } };
      },
    }),
  },
  'gateway-long-text': {
    text: 'Writes IPv6 gateways in full and in upper case, which engines read.',
    ...joining(({ GatewayIPv6, ...answer }) => ({
      ...answer,
      ...(GatewayIPv6 ? { GatewayIPv6: longText(GatewayIPv6) } : {}),
    })),
  },
} as const satisfies Readonly<Record<string, Variant>>;

function joining(edit: (answer: JoinResponse, request: JoinRequest) => JoinResponse) {
  return {
    groups: ['join'] as const,
    networkDriver: (inner: NetworkDriver): NetworkDriver => ({
      ...inner,
      join: async (request) => edit(await inner.join(request), request),
    }),
  };
}

function linksAgain(inner: NetworkDriver): NetworkDriver {
  const links = new Map<string, string>();
  const free = () => {
    for (let n = 0; ; n++) if (![...links.values()].includes(`acme${n}`)) return `acme${n}`;
  };
  return {
    ...inner,
    async join(request) {
      const { InterfaceName: _, ...answer } = await inner.join(request);
      const SrcName = free();
      links.set(request.EndpointID, SrcName);
      return { ...answer, InterfaceName: { SrcName, DstPrefix: 'eth' } };
    },
    async leave(request) {
      const answer = await inner.leave(request);
      links.delete(request.EndpointID);
      await delay(3);
      return answer;
    },
    async deleteEndpoint(request) {
      const answer = await inner.deleteEndpoint(request);
      links.delete(request.EndpointID);
      return answer;
    },
  };
}

function layer3({ InterfaceName = null, DisableGatewayService = false }: JoinResponse): JoinResponse {
  if (DisableGatewayService) return { InterfaceName, DisableGatewayService };
  const route = { Destination: '169.254.1.1/32', RouteType: 1, NextHop: '' };
  return { InterfaceName, Gateway: '169.254.1.1', GatewayIPv6: 'fe80::1', StaticRoutes: [route] };
}
