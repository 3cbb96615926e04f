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
  const call = String.raw`\b(?:test|faultTest)(?:\.\w+${behindIt})*\(\s*`;
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
