import type { IpamDriver, RequestPoolRequest, RequestPoolResponse } from '@opencnm/spec';
import { contains, parseRange } from '../ipam/range.js';
import { failed } from './refusals.js';

/** How often the engine asks. A real one asks for ever; nobody learns more from that. */
const most = 100;

/**
 * A pool from an IPAM driver. One that the driver chose and that overlaps what the host routes is held while the engine
 * asks for another, as engines do: a driver that knew it were free would choose it again.
 */
export async function poolApart(
  ipam: IpamDriver,
  request: RequestPoolRequest,
  routes: readonly string[],
): Promise<RequestPoolResponse> {
  const held: string[] = [];
  try {
    while (held.length < most) {
      const granted = await ipam.requestPool(request);
      if (request.Pool || !routes.some((route) => overlap(route, granted.Pool ?? ''))) return granted;
      held.push(granted.PoolID ?? '');
    }
    throw failed('could not find an available, non-overlapping address pool');
  } finally {
    for (const PoolID of held) await ipam.releasePool({ PoolID }).catch(() => undefined);
  }
}

/** 0.0.0.0/0 is no subnet, but a driver's way to keep addresses to itself. */
function overlap(route: string, pool: string): boolean {
  const [a, b] = [parseRange(route), parseRange(pool)];
  return a !== undefined && b !== undefined && b.prefix > 0 && (contains(a, b) || contains(b, a));
}
