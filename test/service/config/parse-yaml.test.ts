import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/service/config/node.ts';
import { parseYaml } from '../../../src/service/config/parse-yaml.ts';
import { plainAt, toPlain } from '../../../src/service/config/plain.ts';
import { Report } from '../../../src/service/config/report.ts';
import { formatProblem } from '../../../src/util/problem.ts';

function parse(text: string): { readonly node: Node | undefined; readonly problems: string[] } {
  const report = new Report();
  const node = parseYaml(text, (line, column) => ({ file: 'c.yaml', line, column }), report);
  return { node, problems: report.sorted([]).map(formatProblem) };
}

function plain(text: string): unknown {
  const { node, problems } = parse(text);
  expect(problems).toEqual([]);
  return node && toPlain(node);
}

describe('values', () => {
  for (const [text, value] of [
    [
      'a: 1\nb: "1"\nc: 1.5\nd: yes\ne: true\nf: 0o17\ng: ~\nh:',
      { a: 1, b: '1', c: 1.5, d: 'yes', e: true, f: 15, g: null, h: null },
    ],
    ['\ufeffa: 1', { a: 1 }],
    ['a: {b: [1, {c: x}]}', { a: { b: [1, { c: 'x' }] } }],
    ['a: !!str 5', { a: '5' }],
    ['1: a\ntrue: b', { '1': 'a', true: 'b' }],
    ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['x: &x {b: 1, c: 2}\na: {c: 3, <<: *x}', { x: { b: 1, c: 2 }, a: { c: 3, b: 1 } }],
    ['a: {<<: [{b: 1}, {b: 2, c: 3}]}', { a: { b: 1, c: 3 } }],
    ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    ['', null],
    ['# nothing but a comment', null],
  ] as const) {
    test(`reads ${JSON.stringify(text)}`, () => expect(plain(text)).toEqual(value));
  }

  test('takes "${...}" for text, in flow collections too', () => {
    const text = 'a: [${env:A:-[x, y]}, "${B}", $$${C}]\nb: {c: ${env:D:-/x}, ${K}: 1}\nd: ${E}';
    expect(plain(text)).toEqual({
      a: ['${env:A:-[x, y]}', '${B}', '$$${C}'],
      b: { c: '${env:D:-/x}', '${K}': 1 },
      d: '${E}',
    });
  });

  test('leaves other brackets alone when a "${" is not closed', () => {
    expect(plain('a: "${"\nb: [x, {y: z}]')).toEqual({ a: '${', b: ['x', { y: 'z' }] });
  });
});

describe('places', () => {
  const text = 'a:\n  bee: [one, "two"]\n  c: {d:   5}\n# x\n"e f" : &x\n  g: |\n    h\ni: *x\n';
  for (const [path, key, value] of [
    [['a'], '1:1', '2:3'],
    [['a', 'bee'], '2:3', '2:8'],
    [['a', 'c', 'd'], '3:7', '3:12'],
    [['e f', 'g'], '6:3', '6:6'],
    [['i', 'g'], '6:3', '6:6'],
  ] as const) {
    test(`of ${path.join('.')}`, () => {
      let entry;
      let node = parse(text).node;
      for (const step of path) {
        entry = node?.kind === 'map' ? node.entries.get(step) : undefined;
        node = entry?.value;
      }
      expect(`${entry?.place.line}:${entry?.place.column}`).toBe(key);
      expect(`${node?.place.line}:${node?.place.column}`).toBe(value);
    });
  }

  test('of entries of a list', () => {
    const { node } = parse('a: [one,   two]');
    const list = node?.kind === 'map' ? node.entries.get('a')?.value : undefined;
    const places = list?.kind === 'list' ? list.items.map(({ place }) => place.column) : [];
    expect(places).toEqual([5, 12]);
  });
});

describe('mistakes', () => {
  for (const [text, problem] of [
    ['a: 1\nb:\n  c: 2\n  c: 3', 'c.yaml:4:3 b.c: duplicate key: it is in line 3 already'],
    [
      'a: "x',
      'c.yaml:1:6 a character is missing here: a closing quote or bracket, a comma, or the space behind ":"',
    ],
    ['a: 1\n\tb: 2', 'c.yaml:2:1 a tab cannot indent; use spaces'],
    ['a: *x', 'c.yaml:1:4 a: no anchor "&x" is complete before this alias'],
    ['a: &x [*x]', 'c.yaml:1:8 a[0]: no anchor "&x" is complete before this alias'],
    ['a: !env X', 'c.yaml:1:4 tags ("!...") are not supported here'],
    ['a: !!set {b}', 'c.yaml:1:10 a: tags ("!...") are not supported here'],
    ['? [a]\n: b', 'c.yaml:1:3 a key has to be a plain text'],
    ['a: {__proto__: {b: 1}}', 'c.yaml:1:5 a: a key has to be a plain text'],
    ['a: {<<: 5}', 'c.yaml:1:9 a: only maps can be merged with "<<"'],
    ['a: "\\x"', undefined],
  ] as const) {
    test(JSON.stringify(text), () => {
      const { problems } = parse(text);
      expect(problems).toHaveLength(1);
      if (problem !== undefined) expect(problems[0]).toBe(problem);
    });
  }

  test('a further document is announced, not read', () => {
    const { node, problems } = parse('a: 1\n---\nb: 2');
    expect(node && toPlain(node)).toEqual({ a: 1 });
    expect(problems).toEqual(['c.yaml:2:1 warning: only the first document of a file is read, not this one']);
  });

  test('a message never quotes the text, which may be a secret', () => {
    for (const text of [
      'token: "hunter2',
      'token: hunter2: x',
      'token: [hunter2',
      '"token" hunter2',
      'token: "\\hunter2"',
    ]) {
      const { problems } = parse(text);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join()).not.toContain('hunter2');
    }
  });
});

describe('bombs', () => {
  const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i++) laughs.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`);
  const merges = ['m0: &m0 {k: v}'];
  for (let i = 1; i < 40; i++) merges.push(`m${i}: &m${i} {a: *m${i - 1}, b: *m${i - 1}}`);
  for (const [name, text] of [
    ['aliases of aliases', laughs.join('\n')],
    ['maps of aliases', merges.join('\n')],
    ['brackets', '['.repeat(50_000)],
    ['closed brackets', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['dashes', '- '.repeat(50_000)],
    ['indentation', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a text of more than 1 MiB', 'a: 1\n'.repeat(300_000)],
  ] as const) {
    test(`${name} are refused`, { timeout: 10_000 }, () => {
      const { node, problems } = parse(text);
      expect(node).toBeUndefined();
      expect(problems).toHaveLength(1);
    });
  }

  test('a line of nothing but "${" is read in reasonable time', { timeout: 10_000 }, () => {
    expect(plain(`a: "${'${'.repeat(100_000)}"`)).toEqual({ a: '${'.repeat(100_000) });
  });
});

test('any text is a tree, or has a problem with a place', () => {
  const seen = { tree: 0, problem: 0 };
  const token = fc.constantFrom(
    'a',
    ': ',
    ':',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '&x ',
    '*x',
    '<<',
    '!',
    '|',
    '>',
    '#',
    '%',
    '$',
    '${',
    '?',
    '\t',
    '---\n',
    '1',
    'null',
    '@',
    '\u0000',
    '\ufdd0',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      const report = new Report();
      const node = parseYaml(tokens.join(''), (line, column) => ({ file: 'f', line, column }), report);
      seen[node === undefined ? 'problem' : 'tree']++;
      if (node === undefined) expect(report.failed).toBe(true);
      for (const { line, column } of report.sorted([])) expect(Math.min(line, column)).toBeGreaterThan(0);
    }),
    { seed: 1, numRuns: 1_000 },
  );
  expect(seen.tree).toBeGreaterThan(300);
  expect(seen.problem).toBeGreaterThan(300);
});

test('JSON is read as what it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), (value) => {
      const text = JSON.stringify({ value });
      fc.pre(!text.includes('__proto__') && !/[\ufdd0-\ufdd4]/.test(text));
      expect(plainAt(plain(text), ['value'])).toEqual(JSON.parse(text).value);
    }),
    { seed: 2, numRuns: 150 },
  );
});
