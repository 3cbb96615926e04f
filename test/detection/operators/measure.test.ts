import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMeasure } from '../../../src/detection/operators/measure.ts';
import { Row } from '../../../src/detection/operators/row.ts';
import type { Measure } from '../../../src/detection/plan/plan.ts';
import { parseJson } from '../../../src/record/json.ts';
import { DecodedLine } from '../../../src/record/line.ts';
import { noResource } from '../../../src/record/record.ts';
import type { Stored } from '../../../src/store/store.ts';
import { meaningless } from '../engine-fixture.ts';

type Of = Measure['of'];
/** Values of the measured field in one event, as JSON. */
type Event = { readonly time: number; readonly values: readonly (string | number)[] };

const fieldOf = (of: Of): Measure => ({ as: 'm', of, field: { name: 'f', arrays: 'hidden' } });

const rowOf = ({ values }: Pick<Event, 'values'>): Row => rowOfText(JSON.stringify({ f: values }));

function rowOfText(json: string): Row {
  const source = { resource: noResource, attributes: {} };
  return new Row(parseJson(json) ?? null, new DecodedLine(new Uint8Array(), 0), source, meaningless);
}

function held(measure: Measure, events: readonly Event[], limit = 100): Stored {
  const compiled = compileMeasure(measure, limit);
  const [first, ...others] = events.map((event) => compiled.of(rowOf(event), 1, BigInt(event.time)));
  return others.reduce<Stored>((all, part) => compiled.merge(all, part), first ?? null);
}

const texts = (of: Of, ...events: readonly (readonly (string | number)[])[]): readonly string[] =>
  compileMeasure(fieldOf(of), 100).texts(
    held(
      fieldOf(of),
      events.map((values, time) => ({ time, values })),
    ),
  );

describe('a measure', () => {
  for (const [of, events, expected] of [
    ['count', [['a', 'a'], ['b'], []], ['3']],
    ['distinct', [['a', 'a'], ['b'], ['a']], ['2']],
    ['values', [[9, 70], [100], [10, 9]], ['10', '100', '70', '9']],
    ['values', [['\u{10000}'], ['\ue000'], ['B'], ['a']], ['B', 'a', '\ue000', '\u{10000}']],
    ['min', [[10], [9], [100]], ['9']],
    ['max', [[10], [9], [100]], ['100']],
    ['min', [[10], [9], ['x']], ['10']],
    ['max', [[10], [9], [100], ['0x']], ['9']],
    ['max', [['\ue000'], ['\u{10000}']], ['\u{10000}']],
    ['max', [[], [], []], []],
    [
      'sum',
      [
        [1, 2.5],
        ['x', '4'],
      ],
      ['7.5'],
    ],
    ['sum', [['x'], []], []],
    ['first', [[], ['b', 'c'], ['d']], ['b']],
    ['last', [['b'], ['c', 'd'], []], ['d']],
  ] as const) {
    test(`${of} of ${JSON.stringify(events)} is ${JSON.stringify(expected)}`, () => {
      expect(texts(of, ...events)).toEqual(expected);
    });
  }

  test('gives back the source text of a number, and of equal numbers the first', () => {
    const compiled = compileMeasure(fieldOf('max'), 100);
    const of = (json: string): Stored => compiled.of(rowOfText(`{"f":${json}}`), 1, 0n);
    expect(compiled.texts(compiled.merge(of('403.0'), of('4.03e2')))).toEqual(['403.0']);
  });

  test('first and last go by event time, not by arrival', () => {
    const events = [
      { time: 5, values: ['e'] },
      { time: 1, values: ['a'] },
      { time: 9, values: ['i'] },
      { time: 1, values: ['A'] },
      { time: 9, values: ['I'] },
    ];
    expect(compileMeasure(fieldOf('first'), 9).texts(held(fieldOf('first'), events))).toEqual(['a']);
    expect(compileMeasure(fieldOf('last'), 9).texts(held(fieldOf('last'), events))).toEqual(['I']);
  });

  test('counts a row as often as it is in its group', () => {
    const row = rowOf({ values: [2] });
    const times = (measure: Measure): readonly string[] => {
      const compiled = compileMeasure(measure, 9);
      return compiled.texts(compiled.of(row, 3, 0n));
    };
    expect(times({ as: 'm', of: 'count', field: undefined })).toEqual(['3']);
    expect(times(fieldOf('count'))).toEqual(['3']);
    expect(times(fieldOf('sum'))).toEqual(['6']);
    expect(times(fieldOf('distinct'))).toEqual(['1']);
  });

  test('beyond its bound a number of values is too high, never too low, and a list ends', () => {
    const events = ['a', 'b', 'c', 'd', 'c', 'a'].map((value, time) => ({ time, values: [value] }));
    const distinct = compileMeasure(fieldOf('distinct'), 2);
    const count = held(fieldOf('distinct'), events, 2);
    expect(distinct.cut(count)).toBe(true);
    expect(distinct.texts(count)).toEqual(['5']);
    const values = compileMeasure(fieldOf('values'), 2);
    const list = held(fieldOf('values'), events, 2);
    expect(values.cut(list)).toBe(true);
    expect(values.texts(list)).toEqual(['a', 'b']);
    expect(values.cut(held(fieldOf('values'), events.slice(0, 2), 2))).toBe(false);
  });

  test('tells long texts apart without keeping them', () => {
    const long = 'x'.repeat(10_000);
    const events = [`${long}1`, `${long}2`, `${long}1`].map((value, time) => ({ time, values: [value] }));
    const count = held(fieldOf('distinct'), events);
    expect(compileMeasure(fieldOf('distinct'), 100).texts(count)).toEqual(['2']);
    expect(JSON.stringify(count).length).toBeLessThan(200);
  });

  test('is the same however its rows are joined', () => {
    const event = fc.record({
      time: fc.integer({ min: 0, max: 5 }),
      values: fc.array(fc.constantFrom('a', 'b', 1, 2, 10), { maxLength: 3 }),
    });
    const all = ['count', 'distinct', 'values', 'min', 'max', 'sum', 'first', 'last'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.array(event, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        (of, events, cut) => {
          const compiled = compileMeasure(fieldOf(of), 100);
          const at = 1 + (cut % (events.length - 1));
          const left = held(fieldOf(of), events.slice(0, at));
          const right = held(fieldOf(of), events.slice(at));
          const whole = held(fieldOf(of), events);
          expect(compiled.texts(compiled.merge(left, right))).toEqual(compiled.texts(whole));
        },
      ),
      { seed: 15, numRuns: 500 },
    );
  });
});
