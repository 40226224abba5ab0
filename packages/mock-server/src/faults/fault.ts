import type { Handler } from '@opencnm/sdk/driver-kit';
import type { Engine, IpamDriver, NetworkDriver } from '@opencnm/spec';

/** One way of being wrong: wrappers of faces or of the handlers that serve them; called once per start, so that closures hold state. */
export interface Fault {
  readonly networkDriver?: (inner: NetworkDriver) => NetworkDriver;
  readonly ipamDriver?: (inner: IpamDriver) => IpamDriver;
  readonly engine?: (inner: Engine) => Engine;
  /** Wraps the HTTP handler of the plugin. */
  readonly transport?: (inner: Handler) => Handler;
  /** Wraps the HTTP handler of the engine. */
  readonly engineTransport?: (inner: Handler) => Handler;
}
