import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OwnLog, type LogSettings } from '../../src/service/own-log.ts';

const path = join(tmpdir(), `riskpipe-own-log-${process.pid}`);
let fd: number;
let shown: string;

beforeEach(() => {
  fd = openSync(path, 'w');
  shown = '';
});
afterEach(() => {
  vi.useRealTimers();
  closeSync(fd);
  rmSync(path);
});

const logTo = (isTTY: boolean, settings: Partial<LogSettings>): OwnLog =>
  new OwnLog(
    { level: 'info', encoding: 'auto', ...settings },
    { fd, isTTY, write: (text) => (shown += text) },
  );

/** What was written as JSON. */
const objects = (): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the encoding', () => {
  for (const [encoding, isTTY, forPeople] of [
    ['auto', true, true],
    ['auto', false, false],
    ['console', true, true],
    ['console', false, true],
    ['json', true, false],
    ['json', false, false],
  ] as const) {
    test(`${encoding} ${isTTY ? 'on a terminal' : 'elsewhere'}: ${forPeople ? 'a line for people' : 'JSON'}`, () => {
      logTo(isTTY, { encoding }).of('file_log').warn('reading', { files: 3 });
      if (forPeople) expect(shown).toMatch(/^\d\d:\d\d:\d\d .*warn.* file_log {3}reading {2}files=3\n$/);
      else
        expect(objects()).toMatchObject([{ level: 'warn', component: 'file_log', msg: 'reading', files: 3 }]);
      expect([shown === '', objects().length === 0]).toEqual([!forPeople, forPeople]);
    });
  }
});

test('JSON is ASCII, whatever a message holds', () => {
  const message = 'reading \u202egol.\u2066x\u2069 \u009b2J\u007f\u2028 é';
  const log = logTo(false, { encoding: 'json' }).of('file_log');
  log.warn(message, { path: message });
  expect(readFileSync(path, 'utf8')).toMatch(/^[\n\x20-\x7e]+$/);
  expect(objects()).toMatchObject([{ msg: message, path: message }]);
});

for (const [level, said] of [
  ['debug', ['debug', 'info', 'warn', 'error']],
  ['info', ['info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['error', ['error']],
] as const) {
  test(`at the level ${level} it says ${said.join(', ')}`, () => {
    const log = logTo(false, { level }).of('service');
    for (const one of ['debug', 'info', 'warn', 'error'] as const) log[one](`this is ${one}`);
    expect(objects().map((line) => line['level'])).toEqual(said);
  });
}

test('what repeats is said five times, errors too, and later how often it came', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const log = logTo(false, {});
  for (let index = 0; index < 170; index++) log.of('otlp_http').error(`refused with 400, ${index} records`);
  expect(objects()).toHaveLength(5);
  vi.advanceTimersByTime(11_000);
  expect(objects()).toHaveLength(6);
  expect(objects()[5]).toMatchObject({
    level: 'error',
    component: 'otlp_http',
    msg: 'refused with 400, 0 records ... and 165 more like it',
  });
});

test('at the end it says how much it held back', () => {
  const log = logTo(false, {});
  for (let index = 0; index < 7; index++) log.of('file_log').info('rotated');
  log.end();
  expect(objects().map(({ msg }) => msg)).toEqual([
    ...Array.from({ length: 5 }, () => 'rotated'),
    'rotated ... and 2 more like it',
  ]);
});
