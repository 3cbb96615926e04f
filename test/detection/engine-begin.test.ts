import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/detection/plan/plan.ts';
import { attended } from '../../src/store/attendance.ts';
import { aggregate, at, atLeast, by, EngineRun, eventAt, planOf, tumbling } from './engine-fixture.ts';

const twice = (given: Partial<Parameters<typeof aggregate>[0]> = {}): Plan =>
  planOf([aggregate(given), atLeast('count', 2)]);

/** As a restart or a reload does it. */
async function takeUp(run: EngineRun, plans: readonly Plan[]): Promise<void> {
  run.restart(plans);
  await run.commit((state) => run.engine.begin(state, run.now, run.output));
}

/** A threshold that has counted one of the two events that it takes. */
async function halfWay(): Promise<EngineRun> {
  const run = new EngineRun([twice()]);
  await run.commit((state) => run.engine.begin(state, run.now, run.output));
  await run.feed([eventAt('12:01', 'ada')]);
  return run;
}

const kinds = (run: EngineRun): readonly string[] => run.output.notices.map(({ kind }) => kind);

describe('what a new engine finds in the state', () => {
  for (const [what, plan] of [
    ['the same plan', twice()],
    ['another title', { ...twice(), title: 'Another' }],
    ['another allowlist', { ...twice(), steps: [{ kind: 'allow', entries: [] }, ...twice().steps] }],
  ] as const) {
    test(`with ${what} counting goes on, and nothing is said`, async () => {
      const run = await halfWay();
      await takeUp(run, [plan]);
      await run.feed([eventAt('12:02', 'ada')]);
      expect(run.output.findings).toHaveLength(1);
      expect(run.output.notices).toEqual([]);
    });
  }

  for (const [what, plan] of [
    ['another window', twice({ window: tumbling('2h') })],
    ['other groups', twice({ by: [by('verb')] })],
  ] as const) {
    test(`with ${what} it counts anew, and says so once`, async () => {
      const run = await halfWay();
      await takeUp(run, [plan]);
      await takeUp(run, [plan]);
      await run.feed([eventAt('12:02', 'ada')]);
      expect(run.output.findings).toEqual([]);
      expect(kinds(run)).toEqual(['state_reset']);
      expect(run.output.notices[0]?.message).toMatch(
        /^A plan: the detection has changed, and what was counted/,
      );
    });
  }

  test('a plan that changes back in time goes on where it was', async () => {
    const run = await halfWay();
    await takeUp(run, [twice({ window: tumbling('2h') })]);
    await takeUp(run, [twice()]);
    await run.feed([eventAt('12:02', 'ada')]);
    expect(run.output.findings).toHaveLength(1);
  });

  test('of a plan that is gone nothing is said', async () => {
    const run = await halfWay();
    await takeUp(run, [planOf([], { id: 'other' })]);
    expect(run.output.notices).toEqual([]);
  });
});

test('a plan accounts for the lines that came while it was there', async () => {
  const run = new EngineRun([planOf([], { id: 'old' })]);
  await takeUp(run, [planOf([], { id: 'old' })]);
  await run.feed([eventAt('12:01', 'ada'), eventAt('12:02', 'ada')]);
  await takeUp(run, [planOf([], { id: 'new' })]);
  await run.feed([eventAt('12:03', 'ada')]);
  await takeUp(run, [planOf([], { id: 'old' }), planOf([], { id: 'new' })]);
  await run.feed([eventAt('12:04', 'ada')]);
  for (const [id, lines] of [
    ['old', 3],
    ['new', 2],
  ] as const) {
    expect(attended(run.store, 'detection', id, run.count('evaluated'))).toBe(lines);
    expect(run.count(`detection/${id}/counted`)).toBe(lines);
  }
  expect(at('12:00') < run.now).toBe(true);
});
