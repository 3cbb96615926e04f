/** A set of plans, by their indices: 64 to a word, as the kernel has them. */
export class PlanSet {
  /** How many plans there are, in it or not. */
  readonly plans: number;
  /** In the order of memory: pairs of 32 bits, the lower ones first. */
  readonly halves: Uint32Array;

  constructor(plans: number) {
    this.plans = plans;
    this.halves = new Uint32Array(Math.max(1, Math.ceil(plans / 64)) * 2);
  }

  static of(plans: number, indices: Iterable<number>): PlanSet {
    const set = new PlanSet(plans);
    for (const index of indices) set.add(index);
    return set;
  }

  static all(plans: number): PlanSet {
    return PlanSet.of(
      plans,
      Array.from({ length: plans }, (_, index) => index),
    );
  }

  static copyOf(other: PlanSet): PlanSet {
    const set = new PlanSet(other.plans);
    set.addAll(other);
    return set;
  }

  get size(): number {
    let size = 0;
    for (let index = 0; index < this.plans; index++) if (this.has(index)) size++;
    return size;
  }

  add(index: number): void {
    this.halves[index >> 5] = (this.halves[index >> 5] ?? 0) | (1 << (index & 31));
  }

  remove(index: number): void {
    this.halves[index >> 5] = (this.halves[index >> 5] ?? 0) & ~(1 << (index & 31));
  }

  has(index: number): boolean {
    return (((this.halves[index >> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  clear(): void {
    this.halves.fill(0);
  }

  /** Adds the plans of `other`. */
  addAll(other: PlanSet): void {
    for (let at = 0; at < this.halves.length; at++) {
      this.halves[at] = (this.halves[at] ?? 0) | (other.halves[at] ?? 0);
    }
  }

  /** Keeps only the plans of `other`. */
  keepAll(other: PlanSet): void {
    for (let at = 0; at < this.halves.length; at++) {
      this.halves[at] = (this.halves[at] ?? 0) & (other.halves[at] ?? 0);
    }
  }

  /** Takes the plans of `other` out. */
  removeAll(other: PlanSet): void {
    for (let at = 0; at < this.halves.length; at++) {
      this.halves[at] = (this.halves[at] ?? 0) & ~(other.halves[at] ?? 0);
    }
  }
}
