import type { IpamDriver } from '@opencnm/spec';
import { memoryIpamDriver } from '../ipam/memory-ipam-driver.js';
import { forbidden, messageOf } from './refusals.js';

/** The engine's own IPAM: like the IPAM driver in memory, but a subnet belongs to one network, and refusals have an engine's status. */
export function defaultIpam(seed: number): IpamDriver {
  const inner = memoryIpamDriver({ seed });
  const granted = new Set<string>();
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request).catch((error: unknown) => {
        throw forbidden(
          messageOf(error).includes('overlaps')
            ? 'Pool overlaps with other one on this address space'
            : messageOf(error),
        );
      });
      const id = answer.PoolID ?? '';
      if (granted.has(id)) {
        await inner.releasePool({ PoolID: id });
        throw forbidden('Pool overlaps with other one on this address space');
      }
      granted.add(id);
      return answer;
    },
    releasePool(request) {
      granted.delete(request.PoolID);
      return inner.releasePool(request);
    },
    requestAddress: (request) =>
      inner.requestAddress(request).catch((error: unknown) => {
        throw forbidden(/in use|held|taken/.test(messageOf(error)) ? 'Address already in use' : messageOf(error));
      }),
  };
}

/** The null IPAM driver: one pool without addresses. */
export const nullIpam: IpamDriver = {
  getCapabilities: async () => ({}),
  getDefaultAddressSpaces: async () => ({ LocalDefaultAddressSpace: 'null', GlobalDefaultAddressSpace: 'null' }),
  requestPool: async () => ({ PoolID: 'null/0.0.0.0/0', Pool: '0.0.0.0/0' }),
  releasePool: async () => ({}),
  requestAddress: async () => ({ Address: '' }),
  releaseAddress: async () => ({}),
};
