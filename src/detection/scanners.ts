import type { Expr } from './plan/expr.ts';
import type { LineScanner, ScannerMaker } from './scanner.ts';

/** What lines are scanned for: plain data, which another thread can be sent. */
export interface ScanTarget {
  readonly plans: readonly { readonly id: string; readonly where: Expr }[];
  /** Looked for while they are open, and numbered behind the plans. */
  readonly probes: readonly Expr[];
}

/** The scanners for one target: made when they are needed, and adapted to what is looked for. */
export class Scanners {
  readonly #target: ScanTarget;
  readonly #make: ScannerMaker;
  /** For the plans alone, and for plans and probes; null until it is needed, undefined if there can be none. */
  #plain: LineScanner | undefined | null = null;
  #probing: LineScanner | undefined | null = null;
  /** Indices of the probes that are looked for; undefined before the first scan. */
  #open: ReadonlySet<number> | undefined;

  constructor(target: ScanTarget, make: ScannerMaker) {
    this.#target = target;
    this.#make = make;
  }

  /** The one for the plans and the `open` probes; undefined if there can be none. */
  get(open: ReadonlySet<number>): LineScanner | undefined {
    return open.size === 0 ? this.#plainScanner() : this.#probingScanner(open);
  }

  /** Gives back what they took of the memories of batches. */
  close(): void {
    this.#plain?.close();
    this.#probing?.close();
    this.#plain = this.#probing = null;
  }

  /** Without probes, as long as none is open: they could only slow it down. */
  #plainScanner(): LineScanner | undefined {
    if (this.#plain === null) this.#plain = this.#make(this.#target.plans);
    return this.#plain;
  }

  #probingScanner(open: ReadonlySet<number>): LineScanner | undefined {
    const { plans } = this.#target;
    if (this.#probing === null) {
      const probes = this.#target.probes.map((where, index) => ({ id: `coverage ${index}`, where }));
      this.#probing = this.#make([...plans, ...probes]);
    }
    if (open.size !== this.#open?.size || [...open].some((probe) => !this.#open?.has(probe))) {
      this.#open = open;
      this.#probing?.want((plan) => plan < plans.length || open.has(plan - plans.length));
    }
    return this.#probing;
  }
}
