/** Lets one loop sleep until a time has passed or somebody has something for it. */
export class Alarm {
  #rung = false;
  #wake: () => void = () => {};

  /** Ends the present wait, or else the next one at once. */
  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves after `ms` milliseconds, or when the alarm rings. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = () => {};
  }
}
