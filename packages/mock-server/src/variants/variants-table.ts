import { variantIds, variants } from './index.js';
import type { VariantSettings } from './variant.js';

/** The table of variants as text: what each is, what it decides, and what the suite has to be told. */
export function variantsTable(): string {
  return variantIds
    .map((id) => {
      const { text, groups = [], settings } = variants[id];
      const flags = settings ? flagsOf(settings) : '';
      return [
        id,
        `    ${text}`,
        ...(groups.length > 0 ? [`    decides ${groups.join(', ')}`] : []),
        ...(flags ? [`    test it with ${flags}`] : []),
      ].join('\n');
    })
    .join('\n');
}

function flagsOf({ ipam, networkOptions = {}, pool, gateway, address, jobs, handshake }: VariantSettings): string {
  return [
    ...(ipam ? [`--ipam ${ipam}`] : []),
    ...Object.entries(networkOptions).map(([key, value]) => `--network-option ${key}=${value}`),
    ...(pool ? [`--pool ${pool}`] : []),
    ...(gateway ? [`--gateway ${gateway}`] : []),
    ...(address ? [`--address ${address}`] : []),
    ...(jobs ? [`--jobs ${jobs}`] : []),
    ...(handshake === false ? ['--implements NetworkDriver,IpamDriver'] : []),
  ].join(' ');
}
