import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCode } from '../../src/service/exit-code.ts';
import { readSources } from '../layers/sources.ts';
import { codeIn, linksIn, proseOf, sectionOf, tableRowsIn } from './pages.ts';

const page = proseOf('docs/operations.md');
const situations = tableRowsIn(sectionOf(page, 'Situations'));
const sources = [...readSources().values()].join('\n');
/** Texts that are put together from several lines are one. */
const texts = sources.replace(/['"`]\s*\+\s*['"`]/g, '').replaceAll(String.raw`\"`, '"');

/** The names of the tests of a file, as they are written there. */
function testNamesIn(path: string): readonly string[] {
  const behindIt = String.raw`(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?`;
  const call = String.raw`\b(?:test|faultTest)(?:\.\w+(?:<[^()]*>)?${behindIt})*\(\s*`;
  const found = readFileSync(path, 'utf8').matchAll(new RegExp(`${call}(['"\`])(.*?)\\1[,)]`, 'g'));
  return Array.from(found, ([, , name = '']) => name);
}

test('every situation says what happens, what is seen and what to do, and links to a test that is there', () => {
  expect(situations.length).toBeGreaterThan(50);
  for (const [situation = '', ...cells] of situations) {
    expect(
      cells.filter((cell) => cell === ''),
      situation,
    ).toEqual([]);
    expect(cells, situation).toHaveLength(4);
    const [link, ...more] = linksIn(cells[3] ?? '');
    const path = join('docs', link?.file ?? '');
    expect(more, situation).toEqual([]);
    expect(path, situation).toMatch(/\.test\.ts$/);
    expect(existsSync(path), `${situation}: ${path}`).toBe(true);
    const names = testNamesIn(path).filter((name) => name.includes(link?.text ?? ''));
    expect(names, `${situation}: tests of ${path} called "${link?.text}"`).not.toEqual([]);
  }
});

test('every message, option, counter, kind and command that is quoted is in the code', () => {
  const quoted = codeIn(page.replaceAll(/\]\([^)]*\)/g, ']'));
  expect(quoted.length).toBeGreaterThan(100);
  expect(quoted.filter((code) => !isKnown(code))).toEqual([]);
});

/** `…` stands for what is different each time; a word has to be a word of the code, not a part of one. */
function isKnown(code: string): boolean {
  const [, command] = /^riskpipe (\w+)$/.exec(code) ?? [];
  if (command !== undefined) return sources.includes(`.command('${command}`);
  if (/^\w+$/.test(code)) return new RegExp(String.raw`\b${code}\b`).test(sources);
  return code
    .split('…')
    .map((part) => part.trim())
    .every((part) => texts.includes(part));
}

test('the kinds of notices that are listed are those that there are', () => {
  const listed = tableRowsIn(sectionOf(page, 'Notices')).flatMap(([kinds = '']) => codeIn(kinds));
  const inCode = [
    ...sources.matchAll(/(?:announce|#tell)\(\s*'([a-z_]+)'/g),
    ...sources.matchAll(/\bkind: '([a-z]+(?:_[a-z]+)+)'/g),
    ...sources.matchAll(/\bkind: '([a-z_]+)',\n\s*(?:scope: .*\s*)?message:/g),
  ].map(([, kind = '']) => kind);
  expect(inCode.length).toBeGreaterThan(15);
  expect(inCode.filter((kind) => !listed.includes(kind))).toEqual([]);
  expect(listed.filter((kind) => !sources.includes(`'${kind}'`))).toEqual([]);
});

test('the exit codes that are listed are those of the program, and no other one is told of', () => {
  const listed = tableRowsIn(sectionOf(page, 'Exit codes')).flatMap(([codes = '']) => codes.split(', '));
  const signals = ['130', '143'];
  expect(listed).toEqual([...Object.values(exitCode).map(String), ...signals]);
  const told = Array.from(page.matchAll(/exit code (\d+)/g), ([, code = '']) => code);
  expect(told.filter((code) => !listed.includes(code))).toEqual([]);
});

/** How the row begins that has each situation of spec/reliability.md §2.3. */
const situationsOfSpec: readonly (readonly [number: string, row: string])[] = [
  ['W1', 'it is rotated while riskpipe is down'],
  ['W2', 'it is rotated and deleted while riskpipe is down'],
  ['W3', 'a new file gets the inode of an old one'],
  ['W4', 'the log is copied and truncated'],
  ['W5', 'the log is truncated, and has grown past the old position'],
  ['W6', 'NUL bytes'],
  ['W7', 'the last line has no end yet'],
  ['W8', 'a line is longer than'],
  ['W9', 'a log is on NFS'],
  ['W9', 'the directory is on NFS'],
  ['W10', 'a rotated file is compressed in place'],
  ['W10', 'an archive has no end'],
  ['W11', 'a file is deleted, and its writer goes on'],
  ['W12', 'the clock of the machine jumps'],
  ['W13', 'an event is from the future'],
  ['W14', 'events come after their window has closed'],
  ['W15', 'of many logs one is quiet'],
  ['W16', 'it takes a part of a request'],
  ['W17', 'it refuses a record'],
  ['W18', 'a record is too large for it'],
  ['W19', 'the backend answers 401, 403, 404, 405'],
  ['W20', 'the backend is down, slow, or answers 429'],
  ['W21', 'an answer has no end'],
  ['W22', 'a connection breaks'],
  ['W23', 'the queue is full'],
  ['W24', 'the disk is full'],
  ['W25', 'the directory is not there or read-only'],
  ['W26', 'a sync or any other write fails'],
  ['W27', 'the store is damaged'],
  ['W28', 'a bit of a queued record turns'],
  ['W29', 'a second instance starts on the same store'],
  ['W30', 'the store is put back from an older copy'],
  ['W31', 'a detection changes while its windows are open'],
  ['W32', 'a start with a store of a newer version'],
  ['W33', 'SIGTERM or SIGINT'],
  ['W34', 'the machine lost power, and the log is shorter'],
  ['W35', 'no line comes for five minutes'],
];

test('there is a row for each of the 35 situations of the specification', () => {
  const numbers = new Set(situationsOfSpec.map(([number]) => number));
  expect([...numbers]).toEqual(Array.from({ length: 35 }, (_, index) => `W${index + 1}`));
  for (const [number, row] of situationsOfSpec)
    expect(
      situations.filter(([situation = '']) => situation.startsWith(row)),
      `${number}: ${row}`,
    ).toHaveLength(1);
});
