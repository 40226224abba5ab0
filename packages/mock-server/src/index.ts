export { type EngineOptions, memoryEngine } from './engine/memory-engine.js';
export { type IpamDriverOptions, memoryIpamDriver } from './ipam/memory-ipam-driver.js';
export type { Latency } from './latency.js';
export { memoryNetworkDriver, type NetworkDriverOptions } from './network/memory-network-driver.js';
export { type Mock, type MockOptions, startMock } from './start-mock.js';
export { chooseVariants, sharedGroups } from './variants/choose-variants.js';
export { type VariantId, variantIds, variants } from './variants/index.js';
export type { Variant, VariantGroup, VariantSettings } from './variants/variant.js';
