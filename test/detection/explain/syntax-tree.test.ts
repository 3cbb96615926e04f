import { expect, test } from 'vitest';
import { syntaxTree } from '../../../src/detection/explain/syntax-tree.ts';
import { parsedSearch } from '../splunk/run-naive.ts';

const tree = (search: string): string => syntaxTree(parsedSearch(search, {})).join('\n');

test('shows what a search is made of, with its precedence', () => {
  expect(tree('a=1 NOT b=2 OR "c d" e IN (f, g) | where x > 1 AND NOT like(y, "z%")')).toBe(
    `search
  and
    a=1
    or
      not
        b=2
      _raw has "c d"
    e IN (f, g)
where
  and
    >
      x
      1
    not
      like()
        y
        "z%"`,
  );
});

test('shows assignments, and statistics with their groups', () => {
  expect(
    tree(
      'a=1 | eval b=-c."d", e=now() | stats count, values(b) as bs, dc(eval(if(b=1, c, null()))) as n by f _time span=1h',
    ),
  ).toBe(
    `search
  a=1
eval
  b =
    .
      -
        c
      "d"
  e =
    now()
stats
  count
  values as bs
    b
  dc as n
    if()
      =
        b
        1
      c
      null()
  by
    f
    _time span=1h`,
  );
});

test('every other command is one line', () => {
  expect(tree('* | fillnull value=x a b | rename a as c | sort 0 -num(c) | head 3 | stats count')).toBe(
    `search
  _raw has *
fillnull value=x a b
rename a as c
sort 0 -num(c)
head 3
stats
  count`,
  );
});
