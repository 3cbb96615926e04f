/** Running mean and variance of a sample (Welford). */
export class Sample {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    const off = value - this.#mean;
    this.#mean += off / this.#count;
    this.#squares += off * (value - this.#mean);
  }

  /** Welch's t of this sample and another: how far their means are apart, in standard errors of the difference. */
  apartFrom(other: Sample): number {
    return (this.#mean - other.#mean) / Math.sqrt(this.#error + other.#error);
  }

  /** Square of the standard error of the mean. */
  get #error(): number {
    return this.#squares / (this.#count - 1) / this.#count;
  }
}
