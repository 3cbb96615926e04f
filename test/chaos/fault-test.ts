import { expect, test } from 'vitest';
import { FaultVerdict } from './fault-verdict.ts';
import type { Need } from './needs.ts';

interface Circumstances {
  /** What the machine has to be able to do; where it cannot, the test is skipped and the table says why. */
  readonly needs?: readonly Need[];
  readonly timeoutMs?: number;
}

const nothing = { lost: [], unexpected: [], wrong: [], unaccounted: [] };

/**
 * A test that lets one fault strike again and again and then holds what came out against what had to. It passes only
 * if the fault struck and nothing was lost, unexpected, wrong or unaccounted for (spec/reliability.md §3.1).
 */
export function faultTest(
  name: string,
  circumstances: Circumstances,
  run: (verdict: FaultVerdict) => Promise<void>,
): void {
  const { needs = [], timeoutMs = 120_000 } = circumstances;
  test(name, { timeout: timeoutMs }, async ({ task, skip }) => {
    for (const need of needs) {
      const missing = need();
      if (missing !== undefined) skip(missing);
    }
    const verdict = new FaultVerdict();
    try {
      await run(verdict);
    } finally {
      task.meta.fault = verdict.row;
    }
    expect(verdict.complaints).toEqual(nothing);
    expect(verdict.fired, 'how often the fault struck').toBeGreaterThan(0);
  });
}
