import type { Contest, Contestant, Goal } from '../contest.ts';
import type { Tool, Yardstick } from '../yardsticks/yardstick.ts';
import type { Shelf } from '../yardsticks/shelf.ts';

/** Puts a contest together: riskpipe's ways, and the yardsticks that are there. */
export class Assembly {
  readonly #shelf: Shelf;
  readonly #contestants: Contestant[] = [];
  readonly #remarks: string[] = [];

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  add(...contestants: readonly Contestant[]): this {
    this.#contestants.push(...contestants);
    return this;
  }

  /** Adds what `make` makes of a yardstick; a missing one is remarked. */
  against(yardstick: Yardstick, make: (tool: Tool) => readonly Contestant[]): this {
    const tool = this.#shelf.take(yardstick);
    if (typeof tool === 'string') return this.remark(tool);
    return this.add(...make(tool));
  }

  remark(text: string): this {
    this.#remarks.push(text);
    return this;
  }

  contest(goals: readonly Goal[], close?: () => Promise<void>): Contest {
    return {
      contestants: this.#contestants,
      goals,
      remarks: this.#remarks,
      ...(close === undefined ? {} : { close }),
    };
  }
}
