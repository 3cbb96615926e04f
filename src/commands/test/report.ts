import { printable } from '../../util/printable.ts';
import type { TestResult } from '../../detection/testing.ts';

/** Says how tests went, a line each, and counts them. */
export class TestReport {
  readonly #out: (line: string) => void;
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  constructor(out: (line: string) => void) {
    this.#out = (line) => out(printable(line));
  }

  get failed(): number {
    return this.#failed;
  }

  add(id: string, { name, passed, why }: TestResult): void {
    if (passed) this.#passed++;
    else this.#failed++;
    this.#out(`${passed ? 'pass' : 'FAIL'}  ${id}: ${name}`);
    if (!passed) for (const line of why) this.#out(`        ${line}`);
  }

  skip(id: string, name: string, why: string): void {
    this.#skipped++;
    this.#out(`skip  ${id}: ${name}: ${why}`);
  }

  /** Something that is neither a test nor its result. */
  say(what: 'none' | 'note', text: string): void {
    this.#out(`${what}  ${text}`);
  }

  end(): void {
    const skipped = this.#skipped > 0 ? `, ${this.#skipped} skipped` : '';
    this.#out(`${this.#passed} passed, ${this.#failed} failed${skipped}`);
  }
}
