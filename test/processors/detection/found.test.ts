import { expect, test } from 'vitest';
import { Found } from '../../../src/processors/detection/found.ts';
import { noResource } from '../../../src/record/record.ts';
import { finding } from '../../detection/risk/finding.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { RecordingLogger } from '../../recording-logger.ts';

const work = { now: 7n, state: new MemoryStore().begin() };
const uidOf = ({ records }: Found): unknown => records[0]?.attributes['log.record.uid'];

test('is full when it and its unit of work hold 4,096 records, however few findings made them', () => {
  const users = Array.from({ length: 1_024 }, (_, index) => `u${index}`);
  const many = finding({ columns: new Map([['user', users]]) });
  const found = new Found(new RecordingLogger(), '', work);
  const full: boolean[] = [];
  for (let round = 0; round < 4; round++) {
    full.push(found.isFull());
    found.finding(many);
  }
  expect([...full, found.isFull()]).toEqual([false, false, false, false, true]);
  const queued = new MemoryStore().begin();
  for (let row = 0; row < 4_096; row++) queued.enqueue('q', 'row');
  expect(new Found(new RecordingLogger(), '', { ...work, state: queued }).isFull()).toBe(true);
});

test('what was taken is gone, and counts as long as the unit of work lasts', () => {
  const users = Array.from({ length: 1_024 }, (_, index) => `u${index}`);
  const found = new Found(new RecordingLogger(), '', work);
  expect(found.isLoad).toBe(false);
  for (let round = 0; round < 4; round++) {
    expect(found.isFull()).toBe(false);
    found.finding(finding({ columns: new Map([['user', users]]) }));
    expect(found.isLoad).toBe(true);
    expect(found.take()).toHaveLength(1_024);
    expect([found.records, found.isLoad]).toEqual([[], false]);
  }
  expect(found.isFull()).toBe(true);
});

test('the ids of findings and notices hold the cluster of the processor', () => {
  const said = (cluster: string, say: (found: Found) => void): unknown => {
    const found = new Found(new RecordingLogger(), cluster, work);
    say(found);
    return uidOf(found);
  };
  const notice = { kind: 'k', message: 'm', identity: [] };
  for (const say of [
    (found: Found) => found.notice(notice, noResource),
    (found: Found) => found.finding(finding()),
  ]) {
    expect(said('a', say)).toEqual(said('a', say));
    expect(said('a', say)).not.toEqual(said('b', say));
  }
});

test('of a notice the log has its sentence and its kind, and nothing that an event said', () => {
  const logged: (readonly [string, object | undefined])[] = [];
  const log = Object.assign(new RecordingLogger(), {
    warn: (message: string, detail?: object) => void logged.push([message, detail]),
  });
  const attributes = { 'finding.fields': { user: 'mallory' } };
  new Found(log, '', work).notice({ kind: 'suppressed', message: 'm', identity: [], attributes }, noResource);
  expect(logged).toEqual([['m', { notice: 'suppressed' }]]);
});
