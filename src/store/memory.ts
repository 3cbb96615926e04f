import type { Changes } from './overlay.ts';
import { ResidentStore } from './resident-store.ts';
import type { Queued } from './store.ts';

/** A store that forgets everything when the process ends: for tests, and for running without `storage`. */
export class MemoryStore extends ResidentStore {
  readonly durable = false;
  readonly #queues = new Map<string, Map<number, string>>();
  #lastNumber = 0;

  async peek(queue: string, after: number, limit: number): Promise<readonly Queued[]> {
    const found: Queued[] = [];
    for (const [number, value] of this.#queues.get(queue) ?? []) {
      if (found.length === limit) break;
      if (number > after) found.push({ number, value });
    }
    return found;
  }

  length(queue: string): number {
    return this.#queues.get(queue)?.size ?? 0;
  }

  async close(): Promise<void> {}

  protected nextNumber(): number {
    return ++this.#lastNumber;
  }

  protected async apply({ rows, weight, enqueued, dequeued }: Changes): Promise<void> {
    this.committed.apply(rows, weight);
    for (const { queue, number, value } of enqueued) {
      const waiting = this.#queues.get(queue) ?? new Map<number, string>();
      this.#queues.set(queue, waiting.set(number, value));
    }
    for (const { queue, number } of dequeued) this.#queues.get(queue)?.delete(number);
  }
}
