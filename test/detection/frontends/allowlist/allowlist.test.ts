import { expect, test } from 'vitest';
import { compileAllowlist, type Allowlist } from '../../../../src/detection/frontends/allowlist/allowlist.ts';
import { describeExpr } from '../../../../src/detection/plan/describe-expr.ts';
import { formatTime } from '../../../../src/record/time.ts';
import { formatProblem } from '../../../../src/util/problem.ts';

const compile = (text: string): Allowlist => compileAllowlist({ path: 'a.yaml', text });
const one = (rest: string): string =>
  `allowlist: ours\nentries:\n  - {where: {a: b}, owner: o, reason: r${rest}}\n`;

test('entries keep their order, owner and reason', () => {
  const { id, entries, problems } = compile(
    'allowlist: ours\nentries:\n' +
      '  - {where: {objectRef.name: {glob: ["*falco*"]}}, owner: security, reason: our own}\n' +
      '  - {where: [{a: 1}, {b: 2}], owner: shop, reason: migration}\n',
  );
  expect(problems).toEqual([]);
  expect(id).toBe('ours');
  expect(
    entries.map(({ allowlist, index, owner, reason, where, expires }) => [
      allowlist,
      index,
      owner,
      reason,
      describeExpr(where),
      expires,
    ]),
  ).toEqual([
    ['ours', 0, 'security', 'our own', 'objectRef.name glob "*falco*"', undefined],
    ['ours', 1, 'shop', 'migration', 'a is "1" or b is "2"', undefined],
  ]);
});

test.each([
  ['2027-06-30', '2027-06-30T00:00:00Z'],
  ['2027-06-30T12:00:00+02:00', '2027-06-30T10:00:00Z'],
])('an entry that expires %s no longer allows from %s on', (written, time) => {
  const [entry] = compile(one(`, expires: ${written}`)).entries;
  expect(entry?.expires === undefined ? undefined : formatTime(entry.expires)).toBe(time);
});

test.each([
  [
    'a date that is none',
    one(', expires: 2027-02-30'),
    'a.yaml:3:51 entries[0].expires: "2027-02-30" is neither a date nor a time',
  ],
  [
    'no owner',
    'allowlist: x\nentries: [{where: {a: b}, reason: r}]',
    'a.yaml:2:11 entries[0].owner: is missing',
  ],
  [
    'a blank reason',
    'allowlist: x\nentries: [{where: {a: b}, owner: o, reason: " "}]',
    'a.yaml:2:45 entries[0].reason: must not be empty',
  ],
  [
    'no condition',
    'allowlist: x\nentries: [{owner: o, reason: r}]',
    'a.yaml:2:11 entries[0].where: is missing',
  ],
  [
    'an unknown key',
    one(', expire: 2027-01-01'),
    'a.yaml:3:42 entries[0].expire: unknown key. Did you mean "expires"?',
  ],
  [
    'a broken pattern',
    'allowlist: x\nentries: [{where: {a: {regex: "("}}, owner: o, reason: r}]',
    'a.yaml:2:31 entries[0].where.a.regex: the pattern is not valid',
  ],
  ['no id', 'entries: []', 'a.yaml:1:1 allowlist: is missing'],
  ['broken YAML', 'allowlist: [', 'not valid YAML'],
])('with %s it has no entries at all', (_, text, expected) => {
  const { id, entries, problems } = compile(text);
  expect(problems.map(formatProblem)).toContainEqual(expect.stringContaining(expected));
  expect([id, entries]).toEqual([undefined, []]);
});
