import { isIP } from 'node:net';
import type { InterfaceName, JoinResponse, StaticRoute } from '@opencnm/spec';
import { containsCidr } from 'cidr-tools';
import { isNet, isNoSubnet, netOf } from '../net.js';
import { withoutHostBits } from './addresses.js';
import { compare } from './compare.js';
import { matching } from './matching.js';
import type { Matcher } from './pattern.js';

const defaultRoutes = ['0.0.0.0/0', '::/0'];

/** No link at all, or one that fits. */
function link(wanted: string, fits: (name: InterfaceName) => boolean): Matcher {
  return matching(`no InterfaceName, or one with ${wanted}`, (value) => {
    const name = value as InterfaceName | null | undefined;
    return name === undefined || name === null || (typeof name === 'object' && fits(name));
  });
}

/** A link with a name that Linux takes, or without a name. */
export const aLinkName = link(
  'a SrcName of at most 15 bytes without slash and blank',
  ({ SrcName = '' }) => SrcName === '' || (/^[^\s/]+$/.test(SrcName) && Buffer.byteLength(SrcName) <= 15),
);

/** A link with a name. */
export const aNamedLink = link('a SrcName', ({ SrcName = '' }) => SrcName !== '');

/** A link with a prefix that leaves room for an index, if anything is moved at all. */
export const aPrefixedLink = link(
  'a DstPrefix of 1 to 13 bytes',
  ({ SrcName = '', DstPrefix = '' }) => SrcName === '' || (DstPrefix !== '' && Buffer.byteLength(DstPrefix) <= 13),
);

/** A link whose DstName does not stand for the prefix. */
export const aLinkWithoutDstName = link(
  'a DstPrefix beside DstName',
  ({ DstPrefix = '', DstName = '' }) => DstName === '' || DstPrefix !== '',
);

/** A link that is there when it was there before. */
export function aLinkAs(before: JoinResponse): Matcher {
  const wasThere = (before.InterfaceName?.SrcName ?? '') !== '';
  return matching(wasThere ? 'an InterfaceName as at the first Join' : 'anything', (value) => {
    return !wasThere || ((value as InterfaceName | null | undefined)?.SrcName ?? '') !== '';
  });
}

/** What is known of a network. */
interface Known {
  readonly pool?: string;
  readonly gateway?: string;
  readonly pool6?: string;
  readonly gateway6?: string;
  readonly second?: { readonly pool?: string };
}

/** Gateways that the endpoint can reach: in its subnet, link-local (IPv6), or through an on-link route. */
export function reachableGateways({ pool, pool6 }: Known): Matcher {
  return matching(`gateways in ${[pool, pool6].filter(Boolean).join(' and ') || 'any subnet'}`, (value) => {
    const { Gateway = '', GatewayIPv6 = '', StaticRoutes } = value as JoinResponse;
    const reaches = (ip: string, subnets: readonly string[]) =>
      ip === '' || [...subnets, ...onLink(StaticRoutes)].some((subnet) => within(subnet, ip));
    return (
      (pool === undefined || reaches(Gateway, [pool])) &&
      (pool6 === undefined || reaches(GatewayIPv6, [pool6, 'fe80::/10']))
    );
  });
}

/** Static routes through what the endpoint can reach: in the network's subnets, link-local (IPv6), or on-link. */
export function reachableHops({ pool, pool6, second }: Known): Matcher {
  const subnets = [pool, second?.pool, pool6].filter((subnet) => subnet !== undefined);
  return matching(`static routes through ${subnets.join(' and ') || 'any subnet'}`, (value) => {
    const all = (value as JoinResponse | null)?.StaticRoutes ?? [];
    return all.every(({ RouteType = 0, NextHop = '' }) => {
      const isKnown = (isIP(NextHop) === 4 ? pool : pool6) !== undefined;
      if (RouteType !== 0 || isIP(NextHop) === 0 || !isKnown) return true;
      return [...subnets, 'fe80::/10', ...onLink(all)].some((subnet) => within(subnet, NextHop));
    });
  });
}

/** Gateways that are those of CreateNetwork, if they lie in the subnets, and not those of other networks. */
export function createdGateways(
  { pool, gateway, pool6, gateway6 }: Known,
  others: readonly Pick<Known, 'gateway'>[] = [],
): Matcher {
  const wanted = [gateway, gateway6].filter(Boolean).join(' and ');
  return matching(`no gateway in the subnet but ${wanted || 'any'}`, (value) => {
    const { Gateway = '', GatewayIPv6 = '' } = value as JoinResponse;
    if (others.some((other) => Gateway !== '' && other.gateway === Gateway && gateway !== Gateway)) return false;
    return isAsCreated(Gateway, pool, gateway) && isAsCreated(GatewayIPv6, pool6, gateway6);
  });
}

/** Static routes of which none is a default route. */
export const noDefaultRoute = routes('that are no default route', ({ Destination }) => !isDefault(Destination));

/** Static routes of which none leads to half of all addresses. */
export const noHalfRoute = routes(
  'that are no half of a default route',
  ({ Destination }) => !isNet(Destination) || netOf(Destination).prefix !== 1,
);

/** A way out, or the word that there is to be none. */
export const aWayOutOrNone = matching('a gateway, a default route or DisableGatewayService', (value) => {
  const { Gateway = '', GatewayIPv6 = '', StaticRoutes, DisableGatewayService } = (value ?? {}) as JoinResponse;
  const hasRoute = (StaticRoutes ?? []).some(({ Destination }) => isDefault(Destination));
  return Gateway !== '' || GatewayIPv6 !== '' || hasRoute || DisableGatewayService === true;
});

/** Static routes that all fit; also none. */
export function routes(wanted: string, fits: (route: StaticRoute) => boolean): Matcher {
  return matching(`static routes ${wanted}`, (value) => {
    const all = (value ?? []) as readonly StaticRoute[];
    return Array.isArray(all) && all.every((route) => typeof route === 'object' && route !== null && fits(route));
  });
}

/** Static routes that lead somewhere. */
export const routesSomewhere = routes('with a destination in CIDR form', ({ Destination }) => isNet(Destination));

/** Static routes through something of their own family; a destination that is none is not looked at. */
export const routesWithHop = routes(
  'of which those of type 0 have a NextHop of their family',
  ({ Destination, RouteType = 0, NextHop = '' }) =>
    RouteType !== 0 || isIP(NextHop) === (isNet(Destination) ? familyOf(Destination) : isIP(NextHop) || 4),
);

/** Static routes of type 0, or of type 1 without a next hop. */
export const typedRoutes = routes(
  'of type 0, or of type 1 without NextHop',
  ({ RouteType = 0, NextHop = '' }) => RouteType === 0 || (RouteType === 1 && NextHop === ''),
);

/** Static routes of which each leads to a place of its own, that of the gateway and the IPv4 subnet of the endpoint apart. */
export function routesOnce(address = ''): Matcher {
  return matching('static routes to places that differ, also from 0.0.0.0/0 and the subnet', (value) => {
    const { Gateway, GatewayIPv6, StaticRoutes } = (value ?? {}) as JoinResponse;
    const others = Array.isArray(StaticRoutes) ? StaticRoutes.map((route) => route?.Destination) : [];
    const isOnLink = isNet(address) && familyOf(address) === 4 && netOf(address).prefix < 32;
    const all = [Gateway ? '0.0.0.0/0' : '', GatewayIPv6 ? '::/0' : '', isOnLink ? address : '', ...others]
      .filter(isNet)
      .map((cidr) => netOf(cidr).cidr);
    return new Set(all).size === all.length;
  });
}

/** Static routes without host bits; a destination that is none is not looked at. */
export const maskedRoutes = routes(
  'without host bits',
  ({ Destination }) => !isNet(Destination) || compare(withoutHostBits, Destination).length === 0,
);

function familyOf(cidr: string): 4 | 6 {
  return cidr.includes(':') ? 6 : 4;
}

function isDefault(destination: string): boolean {
  return defaultRoutes.includes(destination);
}

function onLink(all: readonly StaticRoute[] | null | undefined): readonly string[] {
  return (all ?? []).flatMap(({ Destination, RouteType }) => (RouteType === 1 ? [Destination] : []));
}

function isAsCreated(ip: string, pool: string | undefined, created: string | undefined): boolean {
  if (ip === '' || created === undefined || pool === undefined || !within(pool, ip)) return true;
  if (isNoSubnet(pool)) return true;
  return within(`${created}/${created.includes(':') ? 128 : 32}`, ip);
}

function within(cidr: string, ip: string): boolean {
  try {
    return containsCidr(cidr, ip);
  } catch {
    return false;
  }
}
