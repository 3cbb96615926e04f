import type { Tool, Yardstick } from './yardstick.ts';

/** What may be built to have a yardstick: nothing, what takes seconds, everything. */
export type Effort = 'found' | 'quick' | 'all';

/** Finds or builds yardsticks, each once, and remembers which are missing, and why. */
export class Shelf {
  readonly #cache: string;
  readonly #effort: Effort;
  readonly #say: (text: string) => void;
  readonly #tools = new Map<Yardstick, Tool | string>();

  constructor(cache: string, effort: Effort, say: (text: string) => void) {
    this.#cache = cache;
    this.#effort = effort;
    this.#say = say;
  }

  /** The tool, or why there is none, with how to get it. */
  take(yardstick: Yardstick): Tool | string {
    const known = this.#tools.get(yardstick) ?? this.#obtain(yardstick);
    this.#tools.set(yardstick, known);
    return known;
  }

  /** `name version` of everything that was found so far. */
  get versions(): readonly string[] {
    return [...this.#tools].flatMap(([{ name }, tool]) =>
      typeof tool === 'string' ? [] : [`${name}: ${tool.version}`],
    );
  }

  #obtain(yardstick: Yardstick): Tool | string {
    const { name, recipe, build } = yardstick;
    const found = yardstick.find(this.#cache);
    if (found !== undefined) return found;
    if (build === undefined) return `${name} is missing: ${recipe}`;
    if (this.#effort === 'found' || (this.#effort === 'quick' && build.takes === 'minutes')) {
      const option = build.takes === 'minutes' ? 'all' : 'quick';
      return `${name} is missing: "--yardsticks ${option}" builds it, or ${recipe}`;
    }
    this.#say(`building ${name}; this takes ${build.takes}, once`);
    try {
      build.run(this.#cache);
    } catch (error) {
      return `${name} could not be built: ${error instanceof Error ? error.message : String(error)}; ${recipe}`;
    }
    return yardstick.find(this.#cache) ?? `${name} is missing after it was built: ${recipe}`;
  }
}
