import { expect, test } from 'vitest';
import { mergeTraces } from '../../../../src/detection/operators/transform/merge-traces.ts';
import { maxEvidence } from '../../../../src/detection/finding.ts';
import { tableOf } from './table.ts';

const traces = tableOf([{}, {}, {}]).map(({ trace }) => trace);
const [first, second, third] = traces;

test('events add up, times span all, and the earliest row says what its event was', () => {
  expect(mergeTraces([third, first, second].filter((trace) => trace !== undefined))).toEqual({
    from: '0',
    to: '2',
    events: 3,
    evidence: [
      ['0', 'line 0'],
      ['1', 'line 1'],
      ['2', 'line 2'],
    ],
    origin: ['context 0', 'resource'],
  });
});

test('one trace is itself', () => {
  expect(mergeTraces(traces.slice(0, 1))).toBe(first);
});

test('of equally early rows the first of the list speaks', () => {
  const same = traces.map((trace) => ({ ...trace, from: '7' }));
  expect(mergeTraces(same).origin).toEqual(first?.origin);
});

test('times are compared as numbers, not as texts', () => {
  const at = (time: string) => ({ from: time, to: time, events: 1, evidence: [], origin: null });
  expect(mergeTraces([at('9'), at('10')])).toMatchObject({ from: '9', to: '10' });
});

test('only so much evidence is kept, the oldest', () => {
  const many = tableOf(Array.from({ length: 50 }, () => ({}))).map(({ trace }) => trace);
  const { events, evidence } = mergeTraces(many.toReversed());
  expect(events).toBe(50);
  expect(evidence.map(([time]) => Number(time))).toEqual(
    Array.from({ length: maxEvidence }, (_, index) => index),
  );
});
