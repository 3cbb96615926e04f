import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Calc } from '../../../src/detection/plan/calc.ts';
import { parsePlan } from '../../../src/detection/plan/parse-plan.ts';
import type { Plan } from '../../../src/detection/plan/plan.ts';
import { printPlan } from '../../../src/detection/plan/print-plan.ts';
import type { Transform } from '../../../src/detection/plan/transform.ts';
import { anyPlan } from './plan-arbitrary.ts';

const plan: Plan = {
  id: 'pulls',
  title: 'Pulls',
  about: {
    uuid: '',
    version: '1',
    status: 'test',
    description: '',
    references: [],
    attack: [
      { id: 'T1526', name: 'Cloud Service Discovery', tactics: [{ id: 'TA0007', name: 'Discovery' }] },
    ],
    story: [],
    domain: '',
    license: '',
    annotations: { cis20: ['CIS 10'] },
    drilldowns: [
      {
        name: ['View ', { column: 'user', written: '$user$' }],
        search: ['x'],
        earliest: ['$info_min_time$'],
        latest: [],
      },
    ],
    needs: { resource: 'events', level: 'Request' },
  },
  origin: { frontend: 'plan', file: '', line: 0 },
  mode: 'streaming',
  where: {
    kind: 'and',
    items: [
      {
        kind: 'test',
        field: { name: 'verb', arrays: 'hidden' },
        test: { op: 'equals', values: ['create'], fold: true },
      },
      {
        kind: 'not',
        item: {
          kind: 'test',
          field: { name: 'sourceIPs{}', arrays: 'marked' },
          test: { op: 'regex', pattern: '^10', fold: false },
        },
      },
    ],
  },
  steps: [
    {
      kind: 'aggregate',
      by: [{ field: { name: 'user.username', arrays: 'hidden' }, as: 'user', default: '0' }],
      measures: [{ as: 'count', of: 'count', field: undefined }],
      window: { kind: 'tumbling', every: 3_600_000, offset: 3_000_000, lateness: 600_000 },
      emit: 'first',
    },
    {
      kind: 'having',
      where: {
        kind: 'test',
        field: { name: 'count', arrays: 'hidden' },
        test: { op: 'compare', comparison: '>=', value: 5 },
      },
    },
  ],
  risk: {
    message: ['by ', { column: 'user', written: '{user}' }],
    objects: [{ field: 'user', type: 'user', score: 20, impact: undefined, confidence: undefined }],
    threats: [],
  },
};

const withStage = (stage: string): string =>
  printPlan({ ...plan, steps: [] }) +
  `steps: [{transform: {schedule: {cron: a, earliest: b, latest: c}, stages: [{${stage}}]}}]\n`;

test('prints in one order of keys, and nothing that is empty', () => {
  expect(printPlan(plan)).toMatchInlineSnapshot(`
    "id: pulls
    title: Pulls
    mode: streaming
    about:
      version: "1"
      status: test
      attack:
        - id: T1526
          name: Cloud Service Discovery
          tactics:
            - id: TA0007
              name: Discovery
      annotations:
        cis20:
          - CIS 10
      drilldowns:
        - name:
            - "View "
            - column: user
              written: $user$
          search:
            - x
          earliest:
            - $info_min_time$
          latest: []
      needs:
        resource: events
        level: Request
    where:
      and:
        - field: verb
          equals:
            - create
        - not:
            field: sourceIPs{}
            arrays: marked
            regex: ^10
            case: sensitive
    steps:
      - aggregate:
          by:
            - field: user.username
              as: user
              default: "0"
          measures:
            - as: count
              of: count
          window:
            every: 1h
            offset: 50m
            lateness: 10m
          emit: first
      - having:
          field: count
          compare: ">="
          value: 5
    risk:
      message:
        - "by "
        - column: user
          written: "{user}"
      objects:
        - field: user
          type: user
          score: 20
    "
  `);
});

test('a printed plan reads back as the same plan, whatever texts it holds', () => {
  let steps = 0;
  fc.assert(
    fc.property(anyPlan, (any) => {
      steps += any.steps.length;
      expect(parsePlan(printPlan(any))).toStrictEqual(any);
    }),
    { seed: 41, numRuns: 150 },
  );
  expect(steps).toBeGreaterThan(0);
});

test('a transform is its schedule and its stages, each under its kind', () => {
  const verb = { kind: 'column', name: 'verb' } as const;
  const calls = (name: 'lower' | '>', ...args: Calc[]): Calc => ({ kind: 'call', name, args });
  const transform: Transform = {
    kind: 'transform',
    schedule: { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' },
    stages: [
      { kind: 'fill', columns: undefined, value: '0' },
      { kind: 'extend', columns: [{ as: 'verb', value: calls('lower', verb) }] },
      {
        kind: 'stats',
        by: ['user'],
        measures: [
          { as: 'count', of: 'count', value: undefined, percent: undefined },
          { as: 'verbs', of: 'values', value: verb, percent: undefined },
        ],
        join: false,
        distinct: false,
      },
      { kind: 'keep', where: calls('>', { kind: 'column', name: 'count' }, { kind: 'number', value: 5 }) },
      { kind: 'sort', keys: [{ column: 'count', descending: true, as: 'auto' }], limit: 10 },
    ],
  };
  expect(printPlan({ ...plan, steps: [transform] }).split('steps:')[1]).toMatchInlineSnapshot(`
    "
      - transform:
          schedule:
            cron: 0 * * * *
            earliest: -70m@m
            latest: -10m@m
          stages:
            - fill:
                value: "0"
            - extend:
                - as: verb
                  value:
                    lower:
                      - column: verb
            - stats:
                by:
                  - user
                measures:
                  - as: count
                    of: count
                  - as: verbs
                    of: values
                    value:
                      column: verb
            - keep:
                ">":
                  - column: count
                  - 5
            - sort:
                keys:
                  - column: count
                    descending: true
                    as: auto
                limit: 10
    risk:
      message:
        - "by "
        - column: user
          written: "{user}"
      objects:
        - field: user
          type: user
          score: 20
    "
  `);
});

test.each([
  ['no plan at all', 'a: b'],
  ['a test without a test', 'id: a\ntitle: b\nmode: streaming\nwhere: {field: x}\n'],
  [
    'a time that is none',
    printPlan({ ...plan, steps: [] }) +
      'steps: [{allow: [{allowlist: a, index: 0, where: {and: []}, owner: a, reason: b, expires: soon}]}]\n',
  ],
  ['a statistic that is none', withStage('stats: {by: [], measures: [{as: a, of: avrage}]}')],
  ['a function that is none', withStage('keep: {lowr: [a]}')],
  ['two functions as one', withStage('keep: {lower: [a], upper: [a]}')],
  ['a stage that is none', withStage('tail: 3')],
])('refuses %s', (_, text) => {
  expect(() => parsePlan(text)).toThrow('not the text of a plan');
});
