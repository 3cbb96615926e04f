import { assert } from '../../../src/util/assert.ts';
import { BatchMemory } from '../../../src/record/batch-memory.ts';
import type { Candidates } from '../../../src/detection/scan/candidates.ts';
import { Scanner } from '../../../src/detection/scan/scanner.ts';
import type { ScanPlan } from '../../../src/detection/scan/columns.ts';
import { meaning } from './plain-path.ts';

/** The region for batches, in bytes. */
const regionBytes = 2_097_152;

const newline = Buffer.from('\n');

/** What a scan says of one line: the plans that it leaves, none if the line is no candidate. */
export interface Verdict {
  readonly plans: readonly boolean[];
  readonly odd: boolean;
}

/** A scanner and a memory for its batches. */
export class ScanBench {
  readonly scanner: Scanner;
  readonly memory = new BatchMemory(134_217_728);
  readonly #ruledOut: Verdict;
  readonly #region: number;
  #isAtWork = false;

  constructor(plans: readonly ScanPlan[]) {
    const scanner = Scanner.create(plans, meaning);
    assert(scanner, 'the kernel is not built: run "node scripts/build-kernel.mjs"');
    this.scanner = scanner;
    this.#ruledOut = { plans: plans.map(() => false), odd: false };
    this.#region = this.memory.reserve(regionBytes + 4_096, 4_096);
  }

  /**
   * Scans `lines` as one batch that begins `shift` bytes behind a page, and has `around` before and behind it: what a
   * verdict must not depend on. Checks that candidates are lines, in order, and that all lines are counted.
   */
  scan(lines: readonly Buffer[], shift = 0, around = ''): readonly Verdict[] {
    const text = Buffer.concat(lines.flatMap((line) => [line, newline]));
    assert(text.length + 1_024 < regionBytes, 'the batch is too large for the region');
    const offset = this.#region + 512 + shift;
    this.memory.buffer.write(around, offset - Buffer.byteLength(around));
    this.memory.bytes.set(text, offset);
    this.memory.buffer.write(around, offset + text.length);
    const found = this.scanner.scan({ memory: this.memory, offset, length: text.length });
    if (!this.#isAtWork) assert(this.scanner.state.tuning, 'the tables do not fit into the memory');
    this.#isAtWork = true;
    const verdicts: Verdict[] = [];
    let candidate = 0;
    let start = 0;
    let counted = 0;
    for (const line of lines) {
      const end = start + line.length - (line.at(-1) === 13 ? 1 : 0);
      const isFound = candidate < found.count && found.start(candidate) === start;
      if (isFound) assert(found.end(candidate) === end, `candidate ${candidate} ends at ${end}`);
      verdicts.push(isFound ? this.#verdict(found, candidate) : this.#ruledOut);
      if (isFound) candidate++;
      if (line.some((byte) => byte !== 32 && (byte < 9 || byte > 13))) counted++;
      start += line.length + 1;
    }
    assert(candidate === found.count, `${found.count} candidates are lines`);
    assert(counted === found.lines, `${found.lines} lines of ${counted} are counted`);
    return verdicts;
  }

  #verdict(found: Candidates, candidate: number): Verdict {
    const plans = this.#ruledOut.plans.map(
      (_, plan) => ((found.plans(candidate, plan >> 5) >>> (plan & 31)) & 1) === 1,
    );
    return { plans, odd: found.odd(candidate) };
  }
}
