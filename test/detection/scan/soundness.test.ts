import { expect, test } from 'vitest';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import type { ScanPlan } from '../../../src/detection/scan/columns.ts';
import {
  oddDepth,
  oddEnd,
  oddEscapedKey,
  oddRepeatedKey,
  oddStart,
  oddStructure,
} from '../../../src/detection/scan/layout.ts';
import { Counter } from './counter.ts';
import { plainPath } from './plain-path.ts';
import { Random } from './random.ts';
import { randomLine } from './random-line.ts';
import { ops, PlanMaker } from './random-plan.ts';
import { ScanBench } from './scan-lines.ts';
import { audit, literals, manyValues, spellings, type Vocabulary } from './vocabulary.ts';

/** Thousands of events; `RISKPIPE_DIFFERENTIAL=1000` looks at a million. */
const thousands = Number(process.env['RISKPIPE_DIFFERENTIAL'] ?? 100);
const linesOfOne = 5_000;

test(
  'a line that a plan holds for is never ruled out',
  () => {
    const seen = new Counter();
    for (let seed = 0; seed < Math.ceil((thousands * 1_000) / linesOfOne); seed++) {
      const random = new Random(seed);
      const vocabulary = [audit, spellings, manyValues, literals][seed % 4] ?? audit;
      const maker = new PlanMaker(random, vocabulary);
      const plans =
        vocabulary === literals ? maker.literalPlans() : maker.plans(random.pick([1, 64, 65, 150]));
      compare(plans, vocabulary, random, seen);
    }
    for (const reason of [oddStart, oddStructure, oddEscapedKey, oddRepeatedKey, oddDepth, oddEnd]) {
      expect(seen.of(`odd ${reason}`), `odd for reason ${reason}`).toBeGreaterThan(50);
    }
    for (const op of ops) expect(seen.of(`left ${op}`), `lines left for ${op}`).toBeGreaterThan(50);
    for (const what of [
      'malformed',
      'ruled out',
      'left in vain',
      'tables emptied',
      'by literals',
      'by fields',
    ]) {
      expect(seen.of(what), what).toBeGreaterThan(0);
    }
  },
  thousands * 1_000,
);

function compare(plans: readonly ScanPlan[], vocabulary: Vocabulary, random: Random, seen: Counter): void {
  const bench = new ScanBench(plans);
  const plain = plainPath(plans);
  const used = plans.map(({ where }) => opsIn(where));
  for (let at = 0; at < linesOfOne; at += 250) {
    const lines = Array.from({ length: 250 }, () => randomLine(random, vocabulary));
    const verdicts = bench.scan(lines, random.below(64), random.pick(['', '"', '{"', '\n{"verb":', '\\']));
    for (const [index, line] of lines.entries()) {
      const holds = plain(line);
      if (holds === undefined) seen.add('malformed');
      for (const [plan, isTrue] of (holds ?? []).entries()) {
        const isLeft = verdicts[index]?.plans[plan] ?? false;
        if (!isTrue) seen.add(isLeft ? 'left in vain' : 'ruled out');
        else if (isLeft) for (const op of used[plan] ?? []) seen.add(`left ${op}`);
        else expect.fail(`${JSON.stringify(plans[plan]?.where)}\n holds for ${line.toString()}`);
      }
    }
  }
  countTotals(bench, seen);
}

function countTotals({ scanner }: ScanBench, seen: Counter): void {
  const totals = scanner.state.tuning?.totals;
  for (const [reason, count] of (totals?.odd ?? []).entries()) seen.add(`odd ${reason}`, count);
  for (const { flushes } of totals?.columns ?? []) seen.add('tables emptied', flushes);
  for (const [route, bytes] of totals?.routes ?? []) seen.add(`by ${route}`, bytes);
}

function opsIn(expr: Expr): readonly string[] {
  if (expr.kind === 'test') return [expr.test.op];
  return expr.kind === 'not' ? opsIn(expr.item) : expr.items.flatMap(opsIn);
}
