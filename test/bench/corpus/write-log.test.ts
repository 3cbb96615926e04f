import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repeatedCorpus } from './corpus.ts';
import { writeLog } from './write-log.ts';

interface Event {
  readonly kind: string;
  readonly verb: string;
  readonly stageTimestamp: string;
  readonly objectRef: { readonly resource: string; readonly subresource?: string };
  readonly requestObject?: { readonly message?: string };
}

const size = 3_000_000;
const folder = mkdtempSync(join(tmpdir(), 'riskpipe-corpus-'));
let text = '';
let events: readonly Event[] = [];

beforeAll(() => {
  writeLog(join(folder, 'log'), size, 42);
  text = readFileSync(join(folder, 'log'), 'utf8');
  events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
});
afterAll(() => rmSync(folder, { recursive: true }));

const shareOf = (test: (event: Event) => boolean): number => events.filter(test).length / events.length;

describe('the synthetic log', () => {
  test('is the same for the same seed, and another for another', () => {
    writeLog(join(folder, 'again'), size, 42);
    writeLog(join(folder, 'other'), size, 43);
    expect(readFileSync(join(folder, 'again'), 'utf8') === text).toBe(true);
    expect(readFileSync(join(folder, 'other'), 'utf8') === text).toBe(false);
  });

  test('is as long as asked for, in whole lines', () => {
    expect(Buffer.byteLength(text)).toBeGreaterThanOrEqual(size);
    expect(Buffer.byteLength(text)).toBeLessThan(size + 20_000);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('has lines of the length of real ones, and the shares that cases rely on', () => {
    expect(Buffer.byteLength(text) / events.length).toBeGreaterThan(1_600);
    expect(Buffer.byteLength(text) / events.length).toBeLessThan(2_100);
    const pulls = shareOf(
      ({ requestObject }) => requestObject?.message?.startsWith('Pulling image') === true,
    );
    expect(pulls).toBeGreaterThan(0);
    expect(pulls).toBeLessThan(0.005);
    const created = shareOf(
      ({ verb, objectRef }) =>
        verb === 'create' && objectRef.resource === 'pods' && objectRef.subresource === undefined,
    );
    expect(created).toBeGreaterThan(0.03);
    expect(created).toBeLessThan(0.07);
  });

  test('is escaped as Go does it, and has near misses', () => {
    expect(text).not.toMatch(/[<>&]/);
    expect(text).toContain(String.raw`\u0026`);
    expect(text).toContain('Successfully pulled image');
    expect(text).toContain('Back-off pulling image');
  });

  test('runs forward in time', () => {
    const stamps = events.map(({ stageTimestamp }) => stageTimestamp);
    expect(stamps).toEqual(stamps.toSorted());
    expect(stamps.every((stamp) => /^2026-03-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(stamp))).toBe(true);
  });
});

test('a recorded log is repeated in whole lines, at least once', () => {
  const once = repeatedCorpus('once', join(folder, 'log'), folder, 10);
  const twice = repeatedCorpus('twice', join(folder, 'log'), folder, 2 * size);
  expect(once.lines).toBe(events.length);
  expect(twice.lines).toBe(2 * events.length);
  expect(twice.bytes).toBe(2 * once.bytes);
});
