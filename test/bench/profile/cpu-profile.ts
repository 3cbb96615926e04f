/** A profile as `node --cpu-prof` writes it (Chrome DevTools Protocol, Profiler.Profile); times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The id of the node on top of the stack, sample by sample. */
  readonly samples: readonly number[];
  /** How long before each sample the one before it was. */
  readonly timeDeltas: readonly number[];
}

/** A function, at one place of the call tree. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

export interface CallFrame {
  readonly functionName: string;
  /** Empty for what is built into the engine. */
  readonly url: string;
  /** From 0. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** How long each node was on top of the stack, in microseconds; by id. */
export function selfTimes({ samples, timeDeltas }: CpuProfile): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    // A sample stands for the time until the next one.
    times.set(id, (times.get(id) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  return times;
}
