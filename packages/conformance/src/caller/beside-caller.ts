import { operation } from '@opencnm/spec';
import type { Called, Caller } from './caller.js';

/** Speaks to a network driver, and to the IPAM driver beside it, which listens elsewhere; exchanges with that one say where. */
export function besideCaller(network: Caller, ipam: Caller, ipamUrl: string): Caller {
  const isIpam = (op: Parameters<Caller['call']>[0]) => operation(op).face === 'ipam-driver';
  const there = ({ answer, exchange }: Called): Called => ({ answer, exchange: { ...exchange, url: ipamUrl } });
  return {
    call: async (op, input, how) =>
      isIpam(op) ? there(await ipam.call(op, input, how)) : network.call(op, input, how),
    raw: async (op, request) => (isIpam(op) ? there(await ipam.raw(op, request)) : network.raw(op, request)),
    close() {
      network.close();
      ipam.close();
    },
  };
}
