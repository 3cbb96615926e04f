import { longestTimer } from '../../util/duration.ts';

/** Waits of one loop, which others may cut short. */
export class Alarm {
  #wake: () => void = () => {};
  #stopped = false;
  #urged = false;

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Whoever waits looks again at what it waits for. */
  ring(): void {
    this.#wake();
  }

  /** Since `attempt` somebody may have mended what an attempt failed for. */
  get urged(): boolean {
    return this.#urged;
  }

  /** An attempt begins. */
  attempt(): void {
    this.#urged = false;
  }

  /** Somebody may have mended something. */
  urge(): void {
    this.#urged = true;
    this.#wake();
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Resolves at the next `ring`, or at once when stopped. */
  async rung(): Promise<void> {
    if (!this.#stopped) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Waits for `ms`; less if `enough` is true, now or at a ring, or it is stopped. */
  async sleep(ms: number, enough: () => boolean = () => false): Promise<void> {
    let over = ms === 0;
    const timer = setTimeout(
      () => {
        over = true;
        this.#wake();
      },
      Math.min(ms, longestTimer),
    );
    while (!over && !this.#stopped && !enough()) await this.rung();
    clearTimeout(timer);
  }
}
