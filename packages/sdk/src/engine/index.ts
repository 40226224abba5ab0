export { connectEngine, type EngineClient, type EngineOptions } from './connect-engine.js';
export type { EngineGroups } from './engine-groups.js';
