import { describe, expect, test } from 'vitest';
import { allOf, anyOf } from '../../../src/detection/plan/combine.ts';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import { neededBy } from '../../../src/detection/plan/needed-by.ts';
import type { Mode } from '../../../src/detection/plan/plan.ts';
import type { Stage } from '../../../src/detection/plan/transform.ts';
import { is, testOf } from '../engine-fixture.ts';

const request = is('requestObject.message', 'x');
const response = testOf('responseObject{}.code', { op: 'exists' });
const pods = is('objectRef.resource', 'pods');
const not = (item: Expr): Expr => ({ kind: 'not', item });
const Pods = testOf('objectRef.resource', { op: 'equals', values: ['Pods', 'pods'], fold: true });

test.each<[string, Expr, readonly [resource: string | undefined, level: string] | undefined]>([
  ['no body', pods, undefined],
  ['a field that only begins like a body', is('requestObjectSize', '1'), undefined],
  ['the request', request, [undefined, 'Request']],
  ['the whole request', is('requestObject', '1'), [undefined, 'Request']],
  ['the response', response, [undefined, 'RequestResponse']],
  ['both', allOf([request, response, is('verb', 'create')]), [undefined, 'RequestResponse']],
  ['either', anyOf([request, response]), [undefined, 'Request']],
  ['either it or no body', anyOf([request, is('verb', 'create')]), undefined],
  ['its absence', not(request), undefined],
  ['not its absence', not(not(request)), [undefined, 'Request']],
  ['neither absence', not(anyOf([not(request), not(response)])), [undefined, 'RequestResponse']],
  ['not both absences', not(allOf([not(request), not(response)])), [undefined, 'Request']],
  ['nothing', anyOf([]), undefined],
  ['anything', allOf([]), undefined],
  ['one resource', allOf([pods, request]), ['pods', 'Request']],
  ['one resource, in any case', allOf([Pods, request]), ['pods', 'Request']],
  ['one resource in each way', anyOf([allOf([pods, request]), allOf([response, pods])]), ['pods', 'Request']],
  ['one resource in one way', anyOf([allOf([pods, request]), response]), [undefined, 'Request']],
  ['two resources', allOf([is('objectRef.resource', 'pods', 'jobs'), request]), [undefined, 'Request']],
  [
    'one of two resources',
    allOf([is('objectRef.resource', 'pods', 'jobs'), pods, request]),
    ['pods', 'Request'],
  ],
  ['all resources but one', allOf([not(pods), request]), [undefined, 'Request']],
])('a condition on %s', (_, where, expected) => {
  expect(neededBy({ where, steps: [], mode: 'streaming' })).toEqual(
    expected && { resource: expected[0], level: expected[1] },
  );
});

describe('a transform', () => {
  const fill: Stage = { kind: 'fill', columns: undefined, value: '0' };
  const by = (...names: string[]): Stage => ({
    kind: 'stats',
    by: names,
    measures: [],
    join: false,
    distinct: false,
  });
  const filter: Stage = { kind: 'filter', where: request };
  const place: Stage = { kind: 'locate', column: 'sourceIPs{}', prefix: '', all: false };
  const rename: Stage = { kind: 'rename', pairs: [{ from: 'a', to: 'requestObject.kind' }] };

  test.each<[string, Stage[], Mode, string | undefined]>([
    ['filters by a field', [place, filter], 'streaming', 'Request'],
    ['groups by a field', [place, by('verb', 'requestObject.kind')], 'streaming', 'Request'],
    ['groups by a field of the event only', [by('verb')], 'scheduled', undefined],
    ['fills the field, each row for itself', [fill, by('requestObject.kind')], 'streaming', undefined],
    ['fills it if another row has it', [fill, by('requestObject.kind')], 'scheduled', 'Request'],
    ['makes the field itself', [rename, by('requestObject.kind')], 'scheduled', undefined],
    ['filters what it made', [rename, filter], 'scheduled', undefined],
  ])('%s', (_, stages, mode, level) => {
    const schedule = { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' };
    const steps = [{ kind: 'transform', schedule, stages } as const];
    expect(neededBy({ where: pods, steps, mode })).toEqual(level && { resource: 'pods', level });
  });
});
