import { instead, json } from '../wire-faults.js';
import { ipamFault } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';

const path = '/IpamDriver.GetCapabilities';
const missing = json(404, { Err: 'not implemented' });

/** Faults of GetCapabilities and GetDefaultAddressSpaces. */
export const capabilitiesFaults = {
  'ipam-driver.get-capabilities.served#missing': instead((request) => request.path === path, missing),
  'ipam-driver.get-capabilities.served#missing-later': {
    transport: (inner) => {
      let count = 0;
      return async (request) => (request.path === path && ++count > 1 ? missing : inner(request));
    },
  },
  'ipam-driver.get-capabilities.booleans#mac-as-text': ipamFault((inner) => ({
    getCapabilities: async () => ({ ...(await inner.getCapabilities()), RequiresMACAddress: 'false' as never }),
  })),
  'ipam-driver.get-capabilities.booleans#replay-as-number': ipamFault((inner) => ({
    getCapabilities: async () => ({ ...(await inner.getCapabilities()), RequiresRequestReplay: 0 as never }),
  })),
  'ipam-driver.get-capabilities.repeatable#alternates': ipamFault((inner) => {
    let count = 0;
    return {
      getCapabilities: async () => ({ ...(await inner.getCapabilities()), RequiresMACAddress: ++count % 2 === 0 }),
    };
  }),
  'ipam-driver.get-capabilities.repeatable#changes-with-pool': ipamFault((inner, { pools }) => ({
    getCapabilities: async () => ({ ...(await inner.getCapabilities()), RequiresRequestReplay: pools.size > 0 }),
  })),
  'ipam-driver.get-capabilities.repeatable#changes-with-mac': ipamFault((inner) => {
    let hadMac = false;
    return {
      requestAddress: (request) => {
        hadMac ||= request.Options?.['com.docker.network.endpoint.macaddress'] !== undefined;
        return inner.requestAddress(request);
      },
      getCapabilities: async () => ({ ...(await inner.getCapabilities()), RequiresMACAddress: hadMac }),
    };
  }),
  'ipam-driver.get-default-address-spaces.strings#local-number': ipamFault((inner) => ({
    getDefaultAddressSpaces: async () => ({
      ...(await inner.getDefaultAddressSpaces()),
      LocalDefaultAddressSpace: 7 as never,
    }),
  })),
  'ipam-driver.get-default-address-spaces.strings#global-object': ipamFault((inner) => ({
    getDefaultAddressSpaces: async () => ({
      ...(await inner.getDefaultAddressSpaces()),
      GlobalDefaultAddressSpace: { Name: 'GlobalDefault' } as never,
    }),
  })),
  'ipam-driver.get-default-address-spaces.stable#alternates': ipamFault((inner) => {
    let count = 0;
    return {
      getDefaultAddressSpaces: async () => {
        const answer = await inner.getDefaultAddressSpaces();
        const name = `${answer.LocalDefaultAddressSpace}2`;
        return ++count % 2 === 0 ? { ...answer, LocalDefaultAddressSpace: name } : answer;
      },
    };
  }),
  'ipam-driver.get-default-address-spaces.stable#changes-with-pool': ipamFault((inner, { pools }) => ({
    getDefaultAddressSpaces: async () => {
      const { LocalDefaultAddressSpace: local = '', GlobalDefaultAddressSpace: global = '' } =
        await inner.getDefaultAddressSpaces();
      const isHeld = pools.size > 0;
      return {
        LocalDefaultAddressSpace: isHeld ? global : local,
        GlobalDefaultAddressSpace: isHeld ? local : global,
      };
    },
  })),
  'ipam-driver.get-default-address-spaces.distinct-names#empty-global': ipamFault((inner) => ({
    getDefaultAddressSpaces: async () => ({
      ...(await inner.getDefaultAddressSpaces()),
      GlobalDefaultAddressSpace: '',
    }),
  })),
  'ipam-driver.get-default-address-spaces.distinct-names#same-name': ipamFault((inner) => ({
    getDefaultAddressSpaces: async () => {
      const { LocalDefaultAddressSpace: name = '' } = await inner.getDefaultAddressSpaces();
      return { LocalDefaultAddressSpace: name, GlobalDefaultAddressSpace: name };
    },
  })),
} satisfies IpamFaults;
