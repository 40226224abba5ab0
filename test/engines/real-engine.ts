/** A part that nobody here wrote, running in namespaces and a folder of its own. */
export interface RealPart {
  /** Ends the part and everything it started or left. */
  stop(): Promise<void>;
}

/** An engine. */
export interface RealEngine extends RealPart {
  /** Where it listens, as DOCKER_HOST says it: `unix://...`. */
  readonly host: string;
  /** Makes an image of busybox without a registry and answers its name. */
  importImage(): Promise<string>;
}

/** A kind of part: why it cannot run on this machine, if so, and how it starts. */
export interface PartKind<P extends RealPart> {
  readonly name: string;
  missing(): string | undefined;
  start(): Promise<P>;
}

/** A kind of engine. */
export type EngineKind<E extends RealEngine = RealEngine> = PartKind<E>;
