import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Search } from '../../../src/detection/frontends/splunk/spl/ast.ts';
import { statisticNames } from '../../../src/detection/frontends/splunk/lower/statistic-names.ts';
import { supportedCommands } from '../../../src/detection/frontends/splunk/lower/supported-commands.ts';
import { calcFunctions } from '../../../src/detection/plan/calc-functions.ts';
import { planOf, references, world } from './differential-world.ts';
import { eventLine } from './event-arbitrary.ts';
import type { Event } from './naive/event.ts';
import { Undecided } from './naive/table.ts';
import type { Runs } from './naive/windows.ts';
import { evaluateCase, eventsOf, parsedSearch } from './run-naive.ts';
import { runPlan } from './run-plan.ts';
import { searchText } from './search-arbitrary.ts';
import { comparable } from './search-case.ts';
import { namesIn } from './search-names.ts';

/** Pairs of a search and an event that it is run over, at the least; `RISKPIPE_PAIRS=1000000` for as many. */
const pairs = Number(process.env['RISKPIPE_PAIRS'] ?? 10_000);
const numRuns = Math.ceil(pairs * 0.28);
const seed = Number(process.env['RISKPIPE_SEED'] ?? 20_260_412);

/** What the naive evaluator says; undefined where the specification leaves it open. */
function decided(search: Search, events: readonly Event[]): Runs | undefined {
  try {
    return evaluateCase(search, events, world);
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

const withoutFill = (search: Search): Search => ({
  commands: search.commands.filter(({ name }) => name !== 'fillnull'),
});

test(
  'product and naive evaluator find the same rows',
  () => {
    const used = new Set<string>();
    const seen = { pairs: 0, open: 0, rows: 0, none: 0, several: 0, filled: 0, late: 0, windows: 0 };
    fc.assert(
      fc.property(searchText, fc.array(eventLine, { minLength: 1, maxLength: 8 }), (text, lines) => {
        const search = parsedSearch(text, {});
        const events = eventsOf({ events: lines });
        const expected = decided(search, events);
        if (expected === undefined) {
          seen.open++;
          return;
        }
        seen.pairs += events.length;
        const rows = comparable(expected.rows);
        const found = runPlan(planOf(search), { events: lines }, references);
        expect(comparable(found.findings.map(({ columns }) => columns))).toEqual(rows);
        // Rows that the search drops before its window ends are not counted as late.
        expect(found.late).toBeLessThanOrEqual(expected.late);
        for (const name of namesIn(search)) used.add(name);
        if (rows.length === 0) seen.none++;
        else seen.rows++;
        if (expected.late > 0) seen.late++;
        if (expected.windows > 1) seen.windows++;
        if (hasSeveral(text, events)) seen.several++;
        if (/\| fillnull/.test(text) && fillMatters(search, events, rows)) seen.filled++;
      }),
      { seed, numRuns },
    );
    for (const [what, least] of Object.entries({
      rows: 0.3,
      none: 0.1,
      several: 0.2,
      filled: 0.02,
      late: 0.05,
      windows: 0.1,
    })) {
      expect(seen[what as keyof typeof seen], what).toBeGreaterThan(numRuns * least);
    }
    expect(seen.pairs).toBeGreaterThan(pairs);
    expect(seen.open).toBeLessThan(numRuns * 0.15);
    if (pairs >= 10_000) expect(supported.filter((name) => !used.has(name))).toEqual([]);
  },
  60_000 + numRuns * 10,
);

/** An event of the base search has several values in a field that the search names. */
function hasSeveral(text: string, events: readonly Event[]): boolean {
  return events.some(({ row }) =>
    [...row].some(([name, values]) => values.length > 1 && text.includes(name)),
  );
}

function fillMatters(search: Search, events: readonly Event[], rows: readonly string[]): boolean {
  const without = decided(withoutFill(search), events);
  return without !== undefined && comparable(without.rows).join('\n') !== rows.join('\n');
}

/** Names of `namesIn` for all that the product says it supports, but the two operators of one side. */
const supported = [
  ...Object.keys(supportedCommands),
  ...statisticNames.map((name) => `${name}()`),
  ...Object.entries(calcFunctions).flatMap(([name, { usage }]) => {
    if (usage.startsWith(`${name}(`)) return [`eval ${name}()`];
    return usage.startsWith('a ') ? [`eval a ${name} b`] : [];
  }),
];
