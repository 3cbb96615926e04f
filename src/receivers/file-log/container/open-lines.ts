import type { ContainerLine } from './container-line.ts';

interface OpenLine {
  /** Where its first part begins. */
  readonly start: number;
  readonly parts: Buffer[];
}

/** Puts the lines of a container together again from their parts. Of each stream one at most is open at a time. */
export class OpenLines {
  readonly #open = new Map<ContainerLine['stream'], OpenLine>();
  readonly #ended: Buffer[] = [];

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** Where those that are open begin, the oldest first. */
  get starts(): readonly number[] {
    return [...this.#open.values()].map(({ start }) => start);
  }

  /** The line that begins at `start` comes next. */
  add({ stream, isLast, payload }: ContainerLine, start: number): void {
    const line = this.#open.get(stream) ?? { start, parts: [] };
    line.parts.push(payload);
    this.#open.set(stream, line);
    if (isLast) this.#end(stream, line);
  }

  /** A line that nothing is wrapped in comes next. */
  addOther(line: Buffer): void {
    this.#ended.push(Buffer.from(line));
  }

  /** Nothing more will come to those that are open. */
  endAll(): void {
    for (const [stream, line] of this.#open) this.#end(stream, line);
  }

  /** Copies of what has ended since this was last asked, in the order of their ends. */
  takeEnded(): readonly Buffer[] {
    return this.#ended.splice(0);
  }

  #end(stream: ContainerLine['stream'], { parts }: OpenLine): void {
    this.#ended.push(Buffer.concat(parts));
    this.#open.delete(stream);
  }
}
