import type { GetDefaultAddressSpacesResponse } from '@opencnm/spec';
import type { World } from '../world.js';

/** A world in which the driver is asked for its address spaces once: asking again makes no sequence fail. */
export function askingOnce(world: World): World {
  let spaces: Promise<GetDefaultAddressSpacesResponse> | undefined;
  const once = (op: string, input: undefined) => {
    if (op !== 'IpamDriver.GetDefaultAddressSpaces') return world.succeed(op as 'Plugin.Activate', input);
    spaces ??= world.succeed(op, input);
    return spaces;
  };
  return { ...world, succeed: once as World['succeed'] };
}
