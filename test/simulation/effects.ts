import { createHash } from 'node:crypto';

/** What may befall an effect: it fails, or the process ends while it is under way. */
export type Fault = 'error' | 'crash';

/** Thrown out of a system call of a process that is no more. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
}

const shown = 60;

/**
 * All that a simulated process does to the world around it, in order: the log of a run (D5), and the places where a
 * fault may strike it (D2).
 */
export class Effects {
  /** Effects so far. */
  count = 0;
  /** The process has ended. */
  isDead = false;
  /** Faults so far. */
  faults = 0;
  /** How often each fault struck, and each way out of it was taken. */
  readonly sometimes = new Map<string, number>();
  /** Decides what befalls effect number `n`, counted from 1. */
  strike: (n: number, what: string) => Fault | undefined = () => undefined;
  readonly #digest = createHash('sha256');
  readonly #latest: string[] = [];

  /** Notes an effect; says what befalls it. A process that has ended has none any more. */
  happen(what: string): Fault | undefined {
    if (this.isDead) return 'crash';
    this.count++;
    const fault = this.strike(this.count, what);
    this.note(fault === undefined ? what : `${what}: ${fault}`);
    if (fault === undefined) return undefined;
    this.faults++;
    this.isDead = fault === 'crash';
    this.sometime(`${what.split(' ', 1)[0]} ${fault}`);
    return fault;
  }

  /** Notes what the world does by itself. */
  note(what: string): void {
    this.#digest.update(what).update('\n');
    this.#latest.push(what);
    if (this.#latest.length > 2 * shown) this.#latest.splice(0, shown);
  }

  sometime(what: string): void {
    this.sometimes.set(what, (this.sometimes.get(what) ?? 0) + 1);
  }

  /** The last of them, for a person. */
  get latest(): readonly string[] {
    return this.#latest.slice(-shown);
  }

  /** SHA-256 of everything that was noted. To be called once, at the end. */
  digest(): string {
    return this.#digest.digest('hex');
  }
}
