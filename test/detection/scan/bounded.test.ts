import { expect, test } from 'vitest';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import { ScanBench } from './scan-lines.ts';

const fields = ['verb', 'userAgent', 'requestURI', 'user.username', 'user.groups', 'requestObject.message'];

/** A plan for each field: it holds for the value of one line. Bytes decide of every other one. */
const plans = fields.map((name, index) => {
  const end = `-${index + 1}77`;
  const test: Test =
    index % 2 === 0
      ? { op: 'ends_with', values: [end], fold: false }
      : { op: 'regex', pattern: `${end}$`, fold: false };
  const where: Expr = { kind: 'test', field: { name, arrays: 'hidden' }, test };
  return { id: name, where };
});

const event = (number: number): Buffer =>
  Buffer.from(
    `{"verb":"verb-${number}","user":{"username":"user-${number}","groups":["group-${number}","all"]},` +
      `"requestURI":"/api/v1/${'x'.repeat(number % 200)}-${number}","userAgent":"agent-${number}",` +
      `"requestObject":{"message":"message-${number}"}}`,
  );

test('a million distinct values in every column neither take more memory nor hide a line', () => {
  const bench = new ScanBench(plans);
  const found = new Set<number>();
  let left = 0;
  for (let from = 0; from < 1_000_000; from += 4_000) {
    const lines = Array.from({ length: 4_000 }, (_, index) => event(from + index));
    for (const [index, verdict] of bench.scan(lines).entries()) {
      for (const [plan, isLeft] of verdict.plans.entries()) {
        if (isLeft && from + index === (plan + 1) * 100 + 77) found.add(plan);
      }
    }
    if (from === 0) left = bench.memory.largest(1).length;
  }
  expect(found.size).toBe(plans.length);
  expect(bench.memory.largest(1).length).toBe(left);
  const { totals } = bench.scanner.state.tuning ?? {};
  expect(totals?.lines).toBe(1_000_000);
  expect(totals?.columns.reduce((sum, { flushes }) => sum + flushes, 0)).toBeGreaterThan(20);
  // The plain path is the way out, not the rule.
  expect(totals?.candidates).toBeLessThan(1_000_000);
}, 60_000);
