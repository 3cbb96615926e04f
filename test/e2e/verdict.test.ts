import { describe, expect, test } from 'vitest';
import type { Delivered } from './otlp-json.ts';
import { flawless, judge, type Judged } from './verdict.ts';

const wanted = (name: string, changed: Partial<Judged> = {}): ReadonlyMap<string, Judged> =>
  new Map([
    [
      `pull ${name}`,
      {
        key: `pull ${name}`,
        time: '1',
        body: `pulled ${name}`,
        attributes: { 'risk.score': 20 },
        lines: 1,
        counted: undefined,
        ...changed,
      },
    ],
  ]);

const expected = new Map([...wanted('a'), ...wanted('b')]);

const record = (name: string, changed: Partial<Delivered> = {}): Delivered => ({
  uid: name,
  eventName: 'riskpipe.risk_event',
  time: '1',
  observedTime: '2',
  severityNumber: 9,
  severityText: 'INFO',
  body: `pulled ${name}`,
  attributes: {
    'risk.score': 20,
    'finding.fields': { 'objectRef.name': name },
    'finding.evidence': ['line'],
  },
  resource: {},
  scope: { name: 'riskpipe', version: '0.1.0' },
  ...changed,
});

describe('the judge of the end-to-end tests sees', () => {
  for (const [what, delivered, verdict] of [
    ['nothing wrong where all came', [record('a'), record('b')], {}],
    ['a lost one', [record('a')], { lost: ['pull b'] }],
    ['an unexpected one', [record('a'), record('b'), record('c')], { unexpected: ['pull c'] }],
    [
      'a notice',
      [record('a'), record('b'), record('n', { eventName: 'riskpipe.notice', body: 'a gap' })],
      { unexpected: ['riskpipe.notice a gap'] },
    ],
    ['two ids for one finding', [record('a'), record('b'), record('b')], { duplicated: ['pull b'] }],
    ['a wrong time', [record('a'), record('b', { time: '7' })], { wrong: ['pull b: time is "7", not "1"'] }],
    [
      'a wrong attribute',
      [record('a'), record('b', { attributes: { ...record('b').attributes, 'risk.score': 21 } })],
      { wrong: ['pull b: risk.score is 21, not 20'] },
    ],
  ] as const) {
    test(what, () => expect(judge(expected, delivered)).toEqual({ ...flawless, ...verdict }));
  }

  test('a line that was counted twice', () => {
    const twice = record('a', { attributes: { ...record('a').attributes, 'finding.evidence': ['x', 'x'] } });
    const { wrong } = judge(wanted('a', { lines: 2 }), [twice]);
    expect(wrong).toEqual(['pull a: number of lines is 1, not 2']);
  });

  for (const [files, time, wrong] of [
    [['a'], '1', 0],
    [['a'], '2', 1],
    [['a', 'b'], '2', 0],
    [['a', 'b'], '3', 1],
  ] as const) {
    test(`a threshold over files ${files.join(' and ')} that was crossed at ${time}`, () => {
      const counted = { times: new Set(['1', '2']), files: new Set<string>(files) };
      expect(judge(wanted('a', { counted }), [record('a', { time })]).wrong).toHaveLength(wrong);
    });
  }
});
