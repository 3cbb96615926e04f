import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandMacros } from '../../../../../src/detection/frontends/splunk/spl/expand-macros.ts';
import { printSearch } from '../../../../../src/detection/frontends/splunk/spl/print-search.ts';
import { plainText } from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';
import { read, readWell, spanless } from './spl-fixture.ts';

const searches = [
  'source="kubernetes" r=pods verb=create OR verb=update a.b/c=*\\"privileged\\":true* | fillnull | stats count values(user.groups{}) as user_groups by kind sourceIPs{} | rename sourceIPs{} as src_ip, user.username as user | search *',
  '"user.groups{}"="system:unauthenticated" "code"=403 | iplocation prefix=x sourceIPs{} | stats count by a City | where count > 5 AND NOT (a LIKE "x%" OR b IN ("c", 1)) XOR -d . \'e.f\' >= 1.5e3',
  'sourcetype=kube:x NOT (a IN (x*, "y z") OR CASE(Foo)) TERM(b) | rex field=_raw max_match=2 "^(?<a>\\S+)\\s\\"(?<b>[^\\"]*)\\"" | regex a!="b|c" | eval a=if(b>1,"x",null()), "c d"=lower(e) | lookup t a AS b OUTPUT c as d',
  'x | spath input=a path=b{}.c output=d | convert timeformat="%Y" ctime(a) as b num(c) | makemv delim="," a | mvexpand a limit=5 | bin span=5m _time as t | eventstats dc(eval(a=1)) as n by b',
  'x ```why``` `m(a, "b c")` | dedup 3 a keepempty=t sortby -_time, +num(b) | sort 0 -a, str(b) | head 5 | top limit=3 a by b | rare a | fields - a, b* | table a b',
];

const pieces = [
  '|"\'\\()[]{},=<>*-+.`$%! \n\u00a0\u0000\ud8001'.split(''),
  ' | ~\\"~!=~==~```~😀~ OR ~ AND ~ NOT ~ IN (~ as ~ by ~9e9~search '.split('~'),
  ' where ~ stats ~ count(~eval(~CASE(~limit=~span=~earliest='.split('~'),
].flat();

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.constantFrom(0, 0, 1, 1, 2, 5, 20),
  insert: fc.oneof(fc.constant(''), fc.constantFrom(...pieces)),
});

const mutated = fc
  .tuple(fc.constantFrom(...searches), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([search, changes]) => {
    let text = search;
    for (const { at, remove, insert } of changes) {
      const start = Math.floor(at * text.length);
      text = text.slice(0, start) + insert + text.slice(start + remove);
    }
    return text;
  });

test('a search that is damaged is read to what it says, or refused with a place inside its text', () => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(mutated, (text) => {
      const { search, complaints } = read(text);
      const outside = complaints.filter(
        ({ span: { start, end } }) => start < 0 || end <= start || end > text.length,
      );
      const errors = complaints.filter(({ severity }) => severity === 'error');
      outcomes[search === undefined ? 'refused' : 'read']++;
      if (outside.length > 0 || (search === undefined) !== errors.length > 0) return false;
      return search === undefined || spanless(read(printSearch(search)).search) === spanless(search);
    }),
    { seed: 4, numRuns: 4_000 },
  );
  expect(outcomes.read).toBeGreaterThan(1_000);
  expect(outcomes.refused).toBeGreaterThan(1_000);
});

test('so are its macros', () => {
  const macros = new Map([
    ['m(2)', { name: 'm', args: ['x', 'y'], definition: plainText('$x$="$y$" `n`', 'm.yml') }],
    ['n(0)', { name: 'n', args: [], definition: plainText('z', 'n.yml') }],
  ]);
  const outcomes = { expanded: 0, refused: 0 };
  fc.assert(
    fc.property(mutated, (text) => {
      let errors = 0;
      const source = plainText(text, 'a.yml');
      const expanded = expandMacros(source, macros, ({ at }) => {
        errors++;
        expect(at).toMatchObject({ file: 'a.yml', through: [] });
      });
      expect(expanded === undefined).toBe(errors > 0);
      outcomes[expanded === undefined ? 'refused' : 'expanded']++;
      const lines = Array.from(expanded?.text ?? '', (_, offset) => expanded?.at(offset).line);
      expect(lines.every((line) => line === 1 || line === 2)).toBe(true);
    }),
    { seed: 4, numRuns: 1_000 },
  );
  expect(outcomes.expanded).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(50);
});

describe('nesting is bounded', () => {
  for (const [name, text] of [
    ['parentheses', `${'('.repeat(500)}a${')'.repeat(500)}`],
    ['parentheses without end', '('.repeat(100_000)],
    ['NOT', `${'NOT '.repeat(100_000)}a`],
    ['parentheses of where', `x | where ${'('.repeat(100_000)}`],
    ['calls', `x | where ${'f('.repeat(100_000)}`],
    ['signs', `x | where ${'-'.repeat(100_000)}a`],
    ['NOT of where', `x | where ${'NOT '.repeat(100_000)}a`],
    ['a chain of operators', `x | where a=0${' OR a=0'.repeat(100_000)}`],
    ['a chain that goes on on the right', `x | where ${'a=(b AND '.repeat(100_000)}`],
  ] as const) {
    test(name, () => {
      const { search, complaints } = read(text);
      expect(search).toBeUndefined();
      expect(complaints.map(({ rule }) => rule)).toEqual(['too-large']);
    });
  }

  test('what people write is within', () => {
    const nested = `${'('.repeat(90)}a b${')'.repeat(90)}`;
    expect(read(`${nested} | where ${'('.repeat(90)}a${')'.repeat(90)}`).complaints).toEqual([]);
    expect(read(`x | where a=0${' OR a=0'.repeat(400)}`).complaints).toEqual([]);
  });
});

describe('long lists are read, and printed', () => {
  const times = 20_000;
  for (const [name, text] of [
    ['OR', `a=0${' OR a=1'.repeat(100_000)}`],
    ['AND', 'a=1 '.repeat(times)],
    ['IN', `a IN (b${',b'.repeat(times)})`],
    ['in()', `x | where in(a${',1'.repeat(times)})`],
    ['commands', `x${'|head'.repeat(times)}`],
    ['fields', `x | table ${'a '.repeat(times)}`],
    ['renames', `x | rename ${'a as b '.repeat(times)}`],
    ['statistics', `x | stats ${'count '.repeat(times)}`],
    ['a word', 'x'.repeat(times)],
    ['a quoted text', `"${'\\"'.repeat(times)}"`],
    ['a name of where', `x | where ${'x'.repeat(times)}`],
    ['backslashes', `${'\\'.repeat(times)} x`],
    ['blanks', `x${' '.repeat(times)}| head ${' '.repeat(times)}`],
  ] as const) {
    test(name, () => {
      const search = readWell(text);
      const printed = printSearch(search);
      expect(printSearch(readWell(printed))).toBe(printed);
    });
  }
});

describe('long nonsense is refused', () => {
  for (const [name, text, rule] of [
    ['brackets', `x | ${'['.repeat(100_000)}`, 'unsupported-command'],
    ['a quote that is not closed', `"${'x'.repeat(100_000)}`, 'syntax'],
    ['quotes', '"'.repeat(100_001), 'syntax'],
    ['a command', `x | ${'x'.repeat(100_000)}`, 'unknown-command'],
    ['an option', `x | top ${'x'.repeat(100_000)}=1 a`, 'unsupported-option'],
    ['dots', `x | where a${'.b'.repeat(100_000)}`, 'too-large'],
    ['commas', `x | where a${','.repeat(100_000)}`, 'syntax'],
  ] as const) {
    test(name, () => expect(read(text).complaints.map(({ rule }) => rule)).toEqual([rule]));
  }
});
