import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../../../src/util/problem.ts';
import { compile, grouped, head } from './compile-fixture.ts';

const problems = (text: string): string[] => compile(text).problems.map(formatProblem);

describe('every mistake is named with its place and what would be right', () => {
  test.each([
    ['detection: d\ntitle: D\n', 'd.yaml:1:1 where: is missing'],
    ['detection: "a/b"\ntitle: D\nwhere: {a: b}', 'd.yaml:1:12 detection: must be letters, digits'],
    [`${head}detectoin: x`, 'd.yaml:4:1 detectoin: unknown key. Did you mean "detection"?'],
    [
      `${head}status: prod`,
      'd.yaml:4:9 status: "prod" is not one of experimental, test, production, deprecated',
    ],
    [`${head}uuid: 7`, 'd.yaml:4:7 uuid: must be a UUID'],
    [`${head}uuid: abc`, 'd.yaml:4:7 uuid: must be a UUID'],
    [`${head}references: x`, 'd.yaml:4:13 references: must be a list, not "x"'],
    [`${head}attack: [t1]`, 'd.yaml:4:10 attack[0]: must be an ATT&CK technique'],
    [`${head}logs: falco`, 'd.yaml:4:7 logs: "falco" is not one of kubernetes_audit'],
    [
      `${head}allow: [kube_allowed_image]`,
      'd.yaml:4:9 allow[0]: there is no allowlist "kube_allowed_image". Did you mean "kube_allowed_images"?',
    ],
    [
      `${head}allow: [kube_allowed_images, kube_allowed_images]`,
      'd.yaml:4:30 allow[1]: the allowlist "kube_allowed_images" is there twice',
    ],
    [`${head}group_by: [a]`, 'd.yaml:4:1 group_by: needs a "window", such as window: {every: 1h}'],
    [`${head}measures: {n: count()}`, 'd.yaml:4:1 measures: needs a "window"'],
    [`${head}having: {n: 1}`, 'd.yaml:4:1 having: needs a "window"'],
    [`${head}emit: close`, 'd.yaml:4:1 emit: needs a "window"'],
    [`${head}window: {}`, 'd.yaml:4:1 window.every: is missing'],
    [`${head}window: {every: 0s}`, 'd.yaml:4:17 window.every: must be longer than 0'],
    [`${head}window: {every: 400d}`, 'd.yaml:4:17 window.every: must not be longer than a year'],
    [`${head}window: {every: 1h, offset: 1h}`, 'd.yaml:4:29 window.offset: must be shorter than "every"'],
    [
      `${head}window: {every: 1h, ofset: 5m}`,
      'd.yaml:4:21 window.ofset: unknown key. Did you mean "offset"?',
    ],
    [`${head}window: {session: 1h, offset: 5m}`, 'd.yaml:4:23 window.offset: unknown key'],
    [`${head}window: {every: 5 parsecs}`, 'd.yaml:4:17 window.every: "5 parsecs" is not a duration'],
    [`${head}window: {sliding: 5m}\nemit: close`, 'd.yaml:5:7 emit: a sliding window has no close'],
    [
      `${head}window: {sliding: 5m}\nmode: scheduled`,
      'd.yaml:4:10 window.sliding: a sliding window never closes',
    ],
    [`${grouped}having: {m: 1}`, 'd.yaml:7:10 having.m: there is no column "m", only user.username, ip, n'],
    [`${grouped}suppress: {by: [user], for: 1m}`, 'd.yaml:7:17 suppress.by[0]: there is no column "user"'],
    [`${grouped}suppress: {by: [ip], for: 0s}`, 'd.yaml:7:27 suppress.for: must be longer than 0'],
    [
      `${head}window: {every: 1h}\ngroup_by: [a, {field: b, as: a}]`,
      'd.yaml:5:15 group_by[1]: the column "a" is there twice',
    ],
    [
      `${head}window: {every: 1h}\ngroup_by: [a]\nmeasures: {a: count()}`,
      'd.yaml:6:15 measures.a: the column "a" is there twice',
    ],
    [
      `${head}window: {every: 1h}\ngroup_by: [{field: a, as: 'x{'}]`,
      'd.yaml:5:12 group_by[0]: "x{" cannot name a column',
    ],
    [
      `${head}window: {every: 1h}\ngroup_by: [{feld: a}]`,
      'd.yaml:5:13 group_by[0].feld: unknown key. Did you mean "field"?',
    ],
    [
      `${grouped}risk: {message: 'by {usr.username}', objects: [{field: ip, type: t, score: 1}]}`,
      'd.yaml:7:17 risk.message: there is no column "usr.username", only user.username, ip, n. Did you mean "user.username"?',
    ],
    [
      `${grouped}risk: {message: 'by {', objects: [{field: ip, type: t, score: 1}]}`,
      'd.yaml:7:17 risk.message: "{" names no column; write {column}, or "{{" for a brace',
    ],
    [
      `${grouped}risk: {message: '{}', objects: [{field: ip, type: t, score: 1}]}`,
      'd.yaml:7:17 risk.message: "{}" names no column',
    ],
    [
      `${grouped}risk: {message: m, objects: [{field: ipp, type: t, score: 1}]}`,
      'd.yaml:7:38 risk.objects[0].field: there is no column "ipp"',
    ],
    [
      `${grouped}risk: {message: m, objects: [{field: ip, type: t, score: 101}]}`,
      'd.yaml:7:58 risk.objects[0].score: must be at most 100',
    ],
    [`${grouped}risk: {message: m, objects: []}`, 'd.yaml:7:29 risk.objects: must not be empty'],
    [
      `${head}risk: {message: m, objects: [{field: user, type: t, score: 1}]}`,
      'd.yaml:4:38 risk.objects[0].field: there is no column "user": findings have the columns of "group_by" and "measures"',
    ],
    [
      `${head}tests: [{name: t, events: ['{"a": '], expect: []}]`,
      'd.yaml:4:28 tests[0].events[0]: is not one JSON object',
    ],
    [
      `${grouped}tests: [{name: t, events: [{}], expect: [{m: 1}]}]`,
      'd.yaml:7:46 tests[0].expect[0].m: there is no column "m"',
    ],
    [
      'detection: d\ntitle: D\nwhere: {a: {b: c}}',
      'd.yaml:3:13 where.a.b: there is no test "b". Did you mean "in"?',
    ],
    [
      'detection: d\ntitle: D\nwhere: {a: {glb: c}}',
      'd.yaml:3:13 where.a.glb: there is no test "glb". Did you mean "glob"?',
    ],
    [
      'detection: d\ntitle: D\nwhere: {a: {at_least: "5"}}',
      'd.yaml:3:23 where.a.at_least: must be a number, not "5"',
    ],
    ['detection: d\ntitle: D\nwhere: {a: {}}', 'd.yaml:3:12 where.a: tests nothing'],
    ['detection: d\ntitle: D\nwhere: {a: {case: sensitive}}', 'd.yaml:3:12 where.a: tests nothing'],
    ['detection: d\ntitle: D\nwhere: {a: []}', 'd.yaml:3:12 where.a: must not be empty'],
    [
      'detection: d\ntitle: D\nwhere: {a: }',
      'd.yaml:3:12 where.a: must be a value, a list of values, or a map of tests',
    ],
    ['detection: d\ntitle: D\nwhere: {}', 'd.yaml:3:8 where: tests nothing'],
    ['detection: d\ntitle: D\nwhere: []', 'd.yaml:3:8 where: must not be empty'],
    [
      'detection: d\ntitle: D\nwhere: verb = get',
      'd.yaml:3:8 where: must be a map of fields (and), or a list of such maps (or)',
    ],
    ['detection: d\ntitle: D\nwhere: {any: {a: b}}', 'd.yaml:3:14 where.any: must be a list, not a map'],
    ['[detection]', 'd.yaml:1:1 must be a map, not a list'],
    ['', 'd.yaml:1:1 must be a map, not nothing'],
  ])('%s', (text, expected) => {
    const { detections } = compile(text);
    expect(problems(text)).toContainEqual(expect.stringContaining(expected));
    expect(detections).toEqual([]);
  });
});

test('mistakes of shape and of sense are named at once, in the order of the file', () => {
  expect(
    problems(
      `${head}status: prod\nallow: [nobody]\nwindow: {evry: 1h}\ngroup_by: [a..b]\nrisk: {message: '{a}', objects: [{field: b, type: t, score: 1}]}`,
    ),
  ).toEqual([
    'd.yaml:4:9 status: "prod" is not one of experimental, test, production, deprecated',
    'd.yaml:5:9 allow[0]: there is no allowlist "nobody"',
    'd.yaml:6:1 window.every: is missing',
    'd.yaml:6:10 window.evry: unknown key. Did you mean "every"?',
  ]);
});

const seed = 'pipelines/detections/kubernetes-suspicious-image-pulling.yaml';

test.runIf(existsSync(seed))(
  'a damaged file is a detection or problems with places, never an exception',
  () => {
    const text = readFileSync(seed, 'utf8');
    const outcomes = { compiled: 0, refused: 0 };
    const damage = fc.oneof(
      fc.record({ from: fc.nat(text.length), length: fc.nat(30), put: fc.constant('') }),
      fc.record({
        from: fc.nat(text.length),
        length: fc.nat(3),
        put: fc.constantFrom(
          '\n',
          ' ',
          '{',
          '}',
          '[',
          ': ',
          '- ',
          '"',
          "'",
          '*',
          '&a ',
          '!',
          '\t',
          '0',
          'é',
          '\u0000',
        ),
      }),
    );
    fc.assert(
      fc.property(damage, ({ from, length, put }) => {
        const { detections, problems: found } = compile(
          text.slice(0, from) + put + text.slice(from + length),
        );
        const errors = found.filter(({ severity }) => severity === 'error');
        expect(detections.length).toBe(errors.length === 0 ? 1 : 0);
        for (const { line, column } of found) expect(Math.min(line, column)).toBeGreaterThan(0);
        outcomes[errors.length === 0 ? 'compiled' : 'refused']++;
      }),
      { seed: 45, numRuns: 100 },
    );
    expect(Math.min(outcomes.compiled, outcomes.refused)).toBeGreaterThan(20);
  },
);

test.runIf(existsSync(seed))('a part of another kind than it should be is a problem of that part', () => {
  const document = parseDocument(readFileSync(seed, 'utf8'));
  const value = document.toJS() as Record<string, unknown>;
  const keys = Object.keys(value).filter((key) => key !== 'logs');
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.constantFrom<unknown>(null, 7.5, true, [[1]], { a: [] }),
      (key, odd) => {
        const { detections, problems: found } = compile(JSON.stringify({ ...value, [key]: odd }));
        if (detections.length === 0) expect(found.some(({ path }) => path.startsWith(key))).toBe(true);
      },
    ),
    { seed: 46, numRuns: 40 },
  );
});
