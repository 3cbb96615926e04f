import { describe, expect, test } from 'vitest';
import { compileCondition } from '../../../../src/detection/frontends/native/condition.ts';
import { parseFieldName } from '../../../../src/detection/frontends/native/field-name.ts';
import { YamlFile } from '../../../../src/util/yaml/yaml-file.ts';
import { compilePredicate } from '../../../../src/detection/operators/predicate.ts';
import { describeExpr } from '../../../../src/detection/plan/describe-expr.ts';
import { parseJson } from '../../../../src/record/json.ts';
import { fieldTexts } from '../../../../src/record/json-field.ts';
import { formatProblem } from '../../../../src/util/problem.ts';

function compile(text: string): {
  described: string;
  problems: string[];
  matches: (event: object) => boolean;
} {
  const file = new YamlFile({ path: 'f', text });
  const tree = file.treeAt([]);
  if (tree === undefined) throw new Error(file.problems.map(formatProblem).join());
  const expr = compileCondition(file, tree, parseFieldName);
  const problems = file.problems.map(formatProblem);
  return {
    described: describeExpr(expr),
    problems,
    matches: (event) => {
      const json = parseJson(JSON.stringify(event)) ?? null;
      return compilePredicate(expr)(({ name, arrays }) => fieldTexts(json, name, arrays));
    },
  };
}

describe('reads as', () => {
  test.each([
    ['verb: create', 'verb is "create"'],
    ['verb: [create, patch]', 'verb is "create" or "patch"'],
    ['verb: {in: [create, patch]}', 'verb is "create" or "patch"'],
    ['verb: {equals: create}', 'verb is "create"'],
    ['responseStatus.code: 403', 'responseStatus.code is "403"'],
    ['responseStatus.code: 403.0', 'responseStatus.code is "403.0"'],
    ['a.hostNetwork: true', 'a.hostNetwork is "true"'],
    ['m: {glob: "Pulling image*"}', 'm glob "Pulling image*"'],
    ['m: {contains: [a, b]}', 'm contains "a" or "b"'],
    ['m: {starts_with: a, ends_with: b}', 'm starts with "a" and m ends with "b"'],
    ['m: {regex: "^curl/", case: sensitive}', 'm regex "^curl/" (letter case matters)'],
    ['m: {regex: [a, b]}', 'm regex "a" or m regex "b"'],
    ['ip: {cidr: [10.0.0.0/8, "::1", 10.0.0.1]}', 'ip in network 10.0.0.0/8 or ::1/128 or 10.0.0.1/32'],
    ['c: {at_least: 400, below: 500}', 'c >= 400 and c < 500'],
    ['c: {above: 1.5, at_most: 2}', 'c > 1.5 and c <= 2'],
    ['u: {exists: true}', 'u exists'],
    ['u: {exists: false}', 'not u exists'],
    ['u: {not: {starts_with: "system:"}}', 'not u starts with "system:"'],
    ['u: {not: [a, b]}', 'not u is "a" or "b"'],
    ['u: {not: {equals: A}, case: sensitive}', 'not u is "A" (letter case matters)'],
    ['u: {not: {equals: A, case: insensitive}, case: sensitive}', 'not u is "A"'],
    ['{a: 1, b: 2}', 'a is "1" and b is "2"'],
    ['[{a: 1}, {b: 2, c: 3}]', 'a is "1" or (b is "2" and c is "3")'],
    ['all: [{a: 1}, {a: 2}]', 'a is "1" and a is "2"'],
    [
      '{verb: get, any: [{a: 1}, {a: 2}], not: {b: 3}}',
      'verb is "get" and (a is "1" or a is "2") and not b is "3"',
    ],
    ['not: [{a: 1}, {b: 2}]', 'not (a is "1" or b is "2")'],
    [
      'annotations."authorization.k8s.io/decision": forbid',
      'annotations.authorization.k8s.io/decision is "forbid"',
    ],
    [`'"any"': 1`, 'any is "1"'],
  ])('%s', (text, expected) => {
    const { described, problems } = compile(text);
    expect(described).toBe(expected);
    expect(problems).toEqual([]);
  });
});

describe('is refused, with its place', () => {
  test.each([
    [
      'a: {regex: "x("}',
      'f:1:12 a.regex: the pattern is not valid (RE2 syntax): missing closing ), at character 1: "x("',
    ],
    [
      'a: {regex: "ab(?=c)"}',
      'f:1:12 a.regex: the pattern is not valid (RE2 syntax): invalid or unsupported Perl syntax, at character 3: "(?="',
    ],
    [`a: {regex: ${'x'.repeat(5_000)}}`, 'f:1:12 a.regex: the pattern is longer than 4096 characters'],
    [`a: {regex: "${'('.repeat(4_000)}"}`, 'f:1:12 a.regex: the pattern is not valid (RE2 syntax)'],
    [
      "a: {glob: 'b\\'}",
      'f:1:11 a.glob: the pattern "b\\" ends in a lone "\\"; write "\\\\" for a backslash',
    ],
    ['ip: {cidr: 10.0.0.0/33}', 'f:1:12 ip.cidr: "10.0.0.0/33" is no network'],
    ['ip: {cidr: "fe80::1%eth0"}', 'f:1:12 ip.cidr: "fe80::1%eth0" is no network'],
    ['ip: {cidr: 10.0.0.0/8/8}', 'f:1:12 ip.cidr: "10.0.0.0/8/8" is no network'],
    ['ip: {cidr: localhost}', 'f:1:12 ip.cidr: "localhost" is no network'],
    ['a..b: c', 'f:1:1 a..b: the field name "a..b" has an empty key'],
  ])('%.60s', (text, expected) => {
    expect(compile(text).problems[0]).toContain(expected);
  });
});

test('a star in a plain value draws a warning: it is compared as it stands', () => {
  const { problems, matches } = compile('a: "curl*"');
  expect(problems).toEqual([
    'f:1:4 warning: a: "curl*" is compared as it stands, with its "*"; for a pattern write {glob: ...}',
  ]);
  expect([matches({ a: 'curl/8' }), matches({ a: 'CURL*' })]).toEqual([false, true]);
});

describe('matches', () => {
  test.each<[string, object, boolean]>([
    ['verb: create', { verb: 'CREATE' }, true],
    ['verb: {equals: create, case: sensitive}', { verb: 'CREATE' }, false],
    ['m: {glob: "Pulling image*"}', { m: 'pulling IMAGE "x"' }, true],
    ['m: {glob: "Pulling image*"}', { m: 'Successfully pulled' }, false],
    ['ip: {cidr: 10.0.0.0/8}', { ip: ['192.168.0.1', '10.1.2.3'] }, true],
    ['ip: {not: {cidr: 10.0.0.0/8}}', { ip: ['192.168.0.1', '10.1.2.3'] }, false],
    ['u: {not: x}', {}, true],
    ['u: {exists: false}', { u: '' }, false],
    ['n: {at_least: 400}', { n: 403 }, true],
    ['n: {at_least: 400}', { n: 'many' }, false],
    ['spec.containers.image: evil', { spec: { containers: [{ image: 'ok' }, { image: 'evil' }] } }, true],
    ['annotations."a.b/c": x', { annotations: { 'a.b/c': 'x' } }, true],
  ])('%s on %j: %s', (text, event, outcome) => {
    expect(compile(text).matches(event)).toBe(outcome);
  });
});
