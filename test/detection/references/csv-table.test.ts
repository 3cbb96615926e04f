import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/detection/references/csv-table.ts';
import { formatProblem } from '../../../src/util/problem.ts';

describe('a table is read from', () => {
  for (const [what, text, rows] of [
    [
      'plain lines',
      'a,b\n1,2\n3,4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['lines with carriage returns', 'a,b\r\n1,2\r\n', [['1', '2']]],
    ['a file that begins with a byte order mark', '\ufeffa,b\n1,2', [['1', '2']]],
    ['cells with blanks around them', 'a, b\n */etc/passwd* , yes \n', [['*/etc/passwd*', 'yes']]],
    ['blanks inside quotes, which stay', 'a,b\n" 1 ", "2"\n', [[' 1 ', '2']]],
    ['quoted cells', 'a,b\n"x, y","say ""no"""\n', [['x, y', 'say "no"']]],
    ['a quoted cell of two lines', 'a,b\n"x\ny",2\n', [['x\ny', '2']]],
    ['a quote inside a plain cell', 'a,b\nx"y,2\n', [['x"y', '2']]],
    ['blank lines between', 'a,b\n\n1,2\n   \n', [['1', '2']]],
    ['empty cells', 'a,b\n,\n', [['', '']]],
    ['a header alone', 'a,b\n', []],
  ] as const) {
    test(what, () => {
      const { value, problems } = readCsv(text, 't.csv');
      expect(problems).toEqual([]);
      expect([value?.fields, value?.rows]).toEqual([['a', 'b'], rows]);
    });
  }
});

describe('a table is refused that has', () => {
  for (const [what, text, problems] of [
    [
      'ragged rows',
      'a,b\n1\n1,2\n1,2,3\n',
      ['t.csv:2:1 has 1 cell where the first row has 2', 't.csv:4:1 has 3 cells where the first row has 2'],
    ],
    ['a field without a name', 'a,,b\n1,2,3\n', ['t.csv:1:1 field 2 of the first row has no name']],
    ['a field twice', 'a,b,a\n', ['t.csv:1:1 the first row names the field "a" twice']],
    ['nothing in it', '\n\n', ['t.csv:1:1 holds nothing; its first row names the fields']],
    [
      'a quote that does not end',
      'a,b\n1,"2\n',
      [expect.stringMatching(/^t\.csv:\d:1 a quoted cell does not end; write a quote inside it twice$/)],
    ],
  ] as const) {
    test(what, () => {
      const read = readCsv(text, 't.csv');
      expect(read.value).toBeUndefined();
      expect(read.problems.map(formatProblem)).toEqual(problems);
    });
  }
});

test('of thousands of ragged rows a few are told', () => {
  expect(readCsv(`a,b\n${'1\n'.repeat(5_000)}`, 't.csv').problems).toHaveLength(20);
});
