import { describe, expect, test } from 'vitest';
import { refusedCommands } from '../../../../../src/detection/frontends/splunk/spl/refused-commands.ts';
import { commandNames } from '../../../../../src/detection/frontends/splunk/spl/command-parsers.ts';
import { read, readBadly, readWell } from './spl-fixture.ts';

test('commands stand between pipes, whatever quotes and escapes hold', () => {
  const text = 'a="x|y" b\\|c\n| STATS count\n|  where z="|"  | head';
  const { commands } = readWell(text);
  expect(commands.map(({ name, span }) => [name, text.slice(span.start, span.end)])).toEqual([
    ['search', 'a="x|y" b\\|c'],
    ['stats', 'STATS count'],
    ['where', 'where z="|"'],
    ['head', 'head'],
  ]);
});

describe('commands that are not there', () => {
  for (const [text, rule, at, message] of [
    ['', 'syntax', '', 'the search is empty'],
    [' \n ', 'syntax', ' ', 'the search is empty'],
    ['|', 'syntax', '|', 'a command behind "|" is expected, not the end of the search'],
    ['x |', 'syntax', '|', /a command behind "\|" is expected/],
    ['x | | head', 'syntax', '|', /a command behind "\|" is expected, not "\|"/],
    ['x | "head"', 'syntax', '"head"', /a command behind "\|" is expected/],
    ['x | stat count', 'unknown-command', 'stat', 'there is no command "stat". Did you mean "stats"?'],
    ['x | qqqqqqqqqq', 'unknown-command', 'qqqqqqqqqq', 'there is no command "qqqqqqqqqq"'],
    ['| stats count', 'syntax', '|', /nothing stands before the first "\|"/],
    ['| tstats count', 'unsupported-command', 'tstats', /^"tstats" is not supported: .*stored.*; write/],
    ['x | [search y]', 'unsupported-command', '[', /subsearch/],
    ['x | append [search y | stats count | foo]', 'unsupported-command', 'append', /second search/],
    ['x | JOIN a [search "]" | foo]', 'unsupported-command', 'JOIN', /put one side into a lookup/],
    ['x | transaction a', 'unsupported-command', 'transaction', /use "stats \.\.\. by"/],
    ['x | outputlookup a.csv', 'unsupported-command', 'outputlookup', /writes nothing/],
  ] as const) {
    test(text.trim() === '' ? `blank ${JSON.stringify(text)}` : text, () => {
      const found = readBadly(text);
      expect([found.rule, found.at]).toEqual([rule, at]);
      if (typeof message === 'string') expect(found.message).toBe(message);
      else expect(found.message).toMatch(message);
    });
  }
});

test('every refused command is refused with its reason, and none is a command that is there', () => {
  expect(refusedCommands.size).toBeGreaterThan(100);
  for (const [name, reason] of refusedCommands) {
    expect(readBadly(`x | ${name} a`)).toEqual({
      rule: 'unsupported-command',
      at: name,
      message: `"${name}" is not supported: ${reason}`,
    });
    expect(commandNames.has(name)).toBe(false);
    expect(reason).toMatch(/^[^A-Z].*[^.]$/);
  }
});

test('each wrong command has its complaint, and the others are still read', () => {
  const { search, complaints } = read('a= | foo [x | y] | head x | table a | where | stats count(');
  expect(search).toBeUndefined();
  expect(complaints.map(({ rule }) => rule)).toEqual([
    'syntax',
    'unknown-command',
    'bad-value',
    'syntax',
    'syntax',
  ]);
});

test('of many errors and warnings the first twenty are told', () => {
  expect(read(`x${' | foo'.repeat(1000)}`).complaints).toHaveLength(20);
  expect(read(`x${' | where a.b=1'.repeat(1000)}`).complaints).toHaveLength(20);
});

test('long words are cut in messages', () => {
  const long = 'x'.repeat(100_000);
  for (const text of [`a | ${long}`, `a | where ${long}{}`, `a | top ${long}=1 b`, `a | stats ${long}`]) {
    const { complaints } = read(text);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]?.message.length).toBeLessThan(250);
    expect(complaints[0]?.message).toContain('xxx...');
  }
});
