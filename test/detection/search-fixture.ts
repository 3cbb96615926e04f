import type { Calc } from '../../src/detection/plan/calc.ts';
import type { CalcName } from '../../src/detection/plan/calc-functions.ts';
import type { Expr, Test } from '../../src/detection/plan/expr.ts';
import type { Plan } from '../../src/detection/plan/plan.ts';
import type {
  Fill,
  Filter,
  Keep,
  Rename,
  Schedule,
  Stage,
  Statistic,
  StatisticName,
  Stats,
} from '../../src/detection/plan/transform.ts';
import type { References } from '../../src/detection/reference.ts';
import { EngineRun, planOf } from './engine-fixture.ts';

/** Hourly, from 70 to 10 minutes before the run: what ESCU's deployments say. */
const hourly: Schedule = { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' };

/** A plan of a search that looks for `verb: create` and does `stages`. */
export const searchOf = (
  stages: readonly Stage[],
  given: Partial<Plan> = {},
  schedule: Schedule = hourly,
): Plan => planOf([{ kind: 'transform', schedule, stages }], { id: 's', mode: 'scheduled', ...given });

export const column = (name: string): Calc => ({ kind: 'column', name });
const number = (value: number): Calc => ({ kind: 'number', value });
export const text = (value: string): Calc => ({ kind: 'text', value });
export const call = (name: CalcName, ...args: readonly Calc[]): Calc => ({ kind: 'call', name, args });

export const statistic = (
  of: StatisticName,
  value?: string | Calc,
  given: Partial<Statistic> = {},
): Statistic => ({
  as: typeof value === 'string' ? `${of}(${value})` : of,
  of,
  value: typeof value === 'string' ? column(value) : value,
  percent: undefined,
  ...given,
});

export const count = statistic('count');

export const stats = (
  by: readonly string[],
  measures: readonly Statistic[] = [count],
  given: Partial<Stats> = {},
): Stats => ({ kind: 'stats', by, measures, join: false, distinct: false, ...given });

export const fill: Fill = { kind: 'fill', columns: undefined, value: '0' };

export const rename = (...pairs: readonly (readonly [from: string, to: string])[]): Rename => ({
  kind: 'rename',
  pairs: pairs.map(([from, to]) => ({ from, to })),
});

/** `where column > value`. */
export const above = (name: string, value: number): Keep => ({
  kind: 'keep',
  where: call('>', column(name), number(value)),
});

/** `search column=value`; `NOT` of it if `negated`. */
export function filter(name: string, value: string, negated = false): Filter {
  const test: Test = { op: 'equals', values: [value], fold: true };
  const where: Expr = { kind: 'test', field: { name, arrays: 'marked' }, test };
  return { kind: 'filter', where: negated ? { kind: 'not', item: where } : where };
}

/** A public address has a place, a private one has none; the country is known, the city is not. */
const references: References = {
  table: () => undefined,
  places: {
    find: (address) =>
      address.startsWith('10.')
        ? undefined
        : {
            city: '',
            country: 'Netherlands',
            region: '',
            lat: '',
            lon: '',
            continent: '',
            metroCode: '',
            timezone: '',
          },
  },
};

/** What a scheduled search has found when all of its windows have closed. */
export async function finished(
  stages: readonly Stage[],
  lines: readonly string[],
  limits = {},
  schedule?: Schedule,
): Promise<EngineRun> {
  const run = new EngineRun([searchOf(stages, {}, schedule)], { references, limits });
  await run.feed(lines);
  await run.finish();
  return run;
}

/** The rows of it. */
export const rowsOf = async (
  stages: readonly Stage[],
  ...lines: readonly string[]
): Promise<EngineRun['rows']> => (await finished(stages, lines)).rows;
