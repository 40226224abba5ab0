/** An engine that nobody here wrote, running in namespaces and a folder of its own. */
export interface RealEngine {
  /** Where it listens, as DOCKER_HOST says it: `unix://...`. */
  readonly host: string;
  /** Makes an image of busybox without a registry and answers its name. */
  importImage(): Promise<string>;
  /** Ends the engine and everything it started or left. */
  stop(): Promise<void>;
}

/** A kind of engine: why it cannot run on this machine, if so, and how it starts. */
export interface EngineKind<E extends RealEngine = RealEngine> {
  readonly name: string;
  missing(): string | undefined;
  start(): Promise<E>;
}
