import { addressVariants } from './addresses.js';
import { bodyVariants } from './bodies.js';
import { connectionVariants } from './connections.js';
import { contentTypeVariants } from './content-types.js';
import { coupledVariants } from './coupled.js';
import { crashVariants } from './crashes.js';
import { endpointLifeVariants } from './endpoint-life.js';
import { endpointVariants } from './endpoints.js';
import { errorVariants } from './errors.js';
import { handshakeVariants } from './handshake.js';
import { joinVariants } from './joins.js';
import { networkVariants } from './networks.js';
import { optionalCallVariants } from './optional-calls.js';
import { poolVariants } from './pools.js';
import type { Variant } from './variant.js';

/** The table; a variant wraps those above it, so that what is said of bodies comes before how they travel. */
const table = {
  ...networkVariants,
  ...coupledVariants,
  ...endpointLifeVariants,
  ...endpointVariants,
  ...joinVariants,
  ...poolVariants,
  ...addressVariants,
  ...optionalCallVariants,
  ...handshakeVariants,
  ...crashVariants,
  ...errorVariants,
  ...bodyVariants,
  ...contentTypeVariants,
  ...connectionVariants,
};

/** The name of a variant. */
export type VariantId = keyof typeof table;

/** Every legal oddity that the mock's drivers can be told to have. */
export const variants: Readonly<Record<VariantId, Variant>> = table;

/** The names, in the order of the table. */
export const variantIds = Object.keys(table) as readonly VariantId[];
