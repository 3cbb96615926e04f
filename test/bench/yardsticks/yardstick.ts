/** A tool that is there, ready to be run. */
export interface Tool {
  readonly path: string;
  /** As it says itself, and how it was built if that matters. */
  readonly version: string;
}

/** A program that a user would pick instead, or that everybody measures with. */
export interface Yardstick {
  readonly name: string;
  /** How to get it, for people: said when it is missing. */
  readonly recipe: string;
  /** Finds it on the machine, or in `cache`, where `build` leaves it. */
  find(cache: string): Tool | undefined;
  /** Fetches or compiles it into `cache`. Left out where there is nothing to build. Throws if that fails. */
  readonly build?: Build;
}

interface Build {
  /** `minutes` are built only if asked for. */
  readonly takes: 'seconds' | 'minutes';
  run(cache: string): void;
}
