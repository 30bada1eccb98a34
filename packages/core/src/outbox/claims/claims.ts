/** Gives a claim back; harmless when called twice. */
export type Release = () => void;

/** How a claim is made. */
export interface ClaimOptions {
  /** Waits until it is free instead of giving up. Default false. */
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
}

/** Things that one tab of this computer has at a time. A claim ends with its tab, however that ends. */
export interface Claims {
  /** The release; undefined when another tab has it and `wait` is not set. Errors: `aborted`. */
  take(name: string, options?: ClaimOptions): Promise<Release | undefined>;
}
