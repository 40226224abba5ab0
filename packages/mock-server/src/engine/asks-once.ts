import type { IpamDriver, NetworkDriver } from '@opencnm/spec';

/** A driver whose capabilities are asked once, as engines do, and again only after that failed. */
export function asksOnce<D extends NetworkDriver | IpamDriver>(driver: D): D {
  let known: Promise<unknown> | undefined;
  return {
    ...driver,
    getCapabilities: () => {
      known ??= driver.getCapabilities().catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}
