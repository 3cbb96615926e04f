import { describe, expect, test } from 'vitest';
import { logRecord } from '../../src/record/record.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { fromMillis } from '../../src/record/time.ts';
import { aggregate, at, EngineRun, eventAt, ms, planOf, resource, tumbling } from './engine-fixture.ts';

const atClose = planOf([aggregate({ emit: 'close', window: tumbling('1h', '10m') })]);
/** A line that no plan looks for, padded to `size` bytes with its newline. */
function noise(clock: string, size = 100): string {
  const line = eventAt(clock, 'n', { verb: 'get', pad: '' });
  return line.replace('"pad":""', `"pad":"${'x'.repeat(size - line.length - 1)}"`);
}
const block = 65_536;
const closed = (run: EngineRun): boolean => run.findings.length > 0;

describe('the watermark', () => {
  test('follows the rows that are confirmed, not lines that match nothing', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a'), noise('20:00'), noise('20:01')]);
    expect(closed(run)).toBe(false);
    await run.feed([eventAt('13:10', 'b')]);
    expect(closed(run)).toBe(true);
  });

  test('follows the last complete line of each block of the stream', async () => {
    const run = new EngineRun([atClose]);
    const first = eventAt('12:00', 'a');
    // The second line ends in the first block by its last byte; only the third shows that it was the last there.
    await run.feed([first, noise('13:10', block - first.length - 1)]);
    expect(closed(run)).toBe(false);
    await run.feed([noise('12:00:01')]);
    expect(closed(run)).toBe(true);
  });

  test('does not follow another line of a block', async () => {
    const run = new EngineRun([atClose]);
    const first = eventAt('12:00', 'a');
    await run.feed([
      first,
      noise('13:10', 1_000),
      noise('12:01', block - first.length - 1_001),
      noise('12:02'),
    ]);
    expect(closed(run)).toBe(false);
  });

  test('is the same whether the last line of a block ends a batch or not, and whatever it holds', async () => {
    for (const last of ['not an event'.padEnd(200), noise('13:10', 201)]) {
      const lines = [eventAt('12:00', 'a'), noise('12:00', block - 400), last, noise('12:00:01', 1_000)];
      const whole = new EngineRun([atClose]);
      await whole.feed(lines);
      const split = new EngineRun([atClose]);
      for (const line of lines) await split.feed([line]);
      expect(closed(whole)).toBe(last.startsWith('{'));
      expect(closed(split)).toBe(closed(whole));
    }
  });

  test('is the minimum over the active streams', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a')], 's');
    await run.feed([eventAt('12:01', 'b')], 't');
    await run.feed([eventAt('15:00', 'a')], 's');
    expect(closed(run)).toBe(false);
    await run.feed([eventAt('13:10', 'b')], 't');
    expect(closed(run)).toBe(true);
  });

  test('is held by a stream that has not shown its time yet', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a')], 's');
    await run.feed([noise('12:00')], 't');
    await run.feed([eventAt('15:00', 'a')], 's');
    expect(closed(run)).toBe(false);
  });

  test('is not held by a batch of nothing but our own notices', async () => {
    const run = new EngineRun([atClose]);
    const own = logRecord({ observedTime: 0n, resource, eventName: 'riskpipe.notice', body: 'x' });
    const batch = new RecordBatch([own], 'r', { stream: 'r', offset: 1 });
    await run.commit((state) => run.engine.process(batch, state, run.now, run.output));
    await run.feed([eventAt('12:00', 'a'), eventAt('13:10', 'a')]);
    expect(closed(run)).toBe(true);
  });

  test('is let go by a stream that is over', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a')], 's');
    await run.feed([eventAt('12:01', 'b')], 't');
    await run.feed([eventAt('15:00', 'a')], 's');
    await run.feed([], 't', true);
    expect(closed(run)).toBe(true);
  });

  test('never goes back when an older stream joins', async () => {
    const run = new EngineRun([planOf([aggregate()])]);
    await run.feed([eventAt('15:00', 'a')], 's');
    await run.feed([eventAt('12:00', 'b')], 't');
    expect(run.findings.map(({ late }) => late)).toEqual([false, true]);
  });

  test('does not follow an event more than five minutes ahead of wall time', async () => {
    const run = new EngineRun([atClose]);
    run.now = at('13:05');
    await run.feed([eventAt('12:00', 'a'), eventAt('13:10:00.001', 'b')]);
    expect(closed(run)).toBe(false);
    await run.feed([eventAt('13:10', 'b')]);
    expect(closed(run)).toBe(true);
  });

  test('does not follow the receive time of an event that has no time', async () => {
    const run = new EngineRun([planOf([aggregate()])]);
    await run.feed([
      eventAt('12:00', 'a'),
      '{"verb":"create","user":{"username":"b"}}',
      eventAt('12:01', 'c'),
    ]);
    expect(run.findings.map(({ late }) => late)).toEqual([false, false, false]);
  });
});

describe('a tick', () => {
  const quiet = async (): Promise<EngineRun> => {
    const run = new EngineRun([atClose]);
    run.now = at('13:09:30');
    await run.feed([eventAt('12:00', 'a')]);
    return run;
  };

  test('lets windows close on a quiet log, once the stream was idle for long enough', async () => {
    const run = await quiet();
    await run.tick(at('13:10:29.999'));
    expect(closed(run)).toBe(false);
    await run.tick(at('13:10:30'));
    expect(closed(run)).toBe(true);
  });

  test('waits for end plus lateness as ever', async () => {
    const run = new EngineRun([atClose]);
    run.now = at('12:05');
    await run.feed([eventAt('12:00', 'a')]);
    await run.tick(at('13:09:59'));
    expect(closed(run)).toBe(false);
    await run.tick(at('13:10'));
    expect(closed(run)).toBe(true);
  });

  test('gives streams their idle time anew after a restart: a backlog is no silence', async () => {
    const run = await quiet();
    run.restart();
    await run.tick(at('15:00'));
    expect(closed(run)).toBe(false);
    await run.tick(at('15:01'));
    expect(closed(run)).toBe(true);
  });

  test('does not close by wall time when the last stream has only just ended', async () => {
    const run = await quiet();
    await run.feed([], 's', true);
    await run.tick(at('13:10:29'));
    expect(closed(run)).toBe(false);
    await run.tick(at('13:10:30'));
    expect(closed(run)).toBe(true);
  });

  test('leaves the watermark to the streams that are still active', async () => {
    const run = await quiet();
    run.now = at('15:00');
    await run.feed([eventAt('12:30', 'b')], 't');
    await run.tick(at('15:00:30'));
    expect(closed(run)).toBe(false);
    await run.feed([eventAt('13:10', 'b')], 't');
    expect(closed(run)).toBe(true);
  });

  test('of a log that never said anything does nothing', async () => {
    const run = new EngineRun([atClose]);
    expect(await run.tick(at('10:00'))).toBe(false);
    expect(await run.tick(at('20:00'))).toBe(false);
    await run.feed([eventAt('12:00', 'a')]);
    expect(run.count('detection/p/late')).toBe(0);
  });
});

describe('closing', () => {
  const users = Array.from({ length: 25 }, (_, index) => `u${String(10 + index)}`);

  test('goes in slices that the next ticks take up, and rows that come between are late', async () => {
    const run = new EngineRun([atClose]);
    run.room = 10;
    await run.feed(users.map((user) => eventAt('12:00', user)));
    await run.feed([eventAt('13:10', 'z')]);
    expect(run.findings).toHaveLength(10);
    await run.feed([eventAt('12:30', 'late')]);
    expect(run.findings).toHaveLength(20);
    run.restart();
    expect(await run.tick()).toBe(false);
    expect(run.rows.map((row) => row['user.username'])).toEqual(users);
    expect(run.count('detection/p/late')).toBe(1);
  });

  test('tells that there is more to do', async () => {
    const run = new EngineRun([atClose]);
    run.room = 10;
    run.now = at('12:00');
    await run.feed(users.map((user) => eventAt('12:00', user)));
    expect([await run.tick(at('14:00')), await run.tick(), await run.tick()]).toEqual([true, true, false]);
    expect(run.findings).toHaveLength(25);
  });

  test('gets on even if there is never any room', async () => {
    const run = new EngineRun([atClose]);
    run.room = 0;
    await run.feed(['a', 'b', 'c'].map((user) => eventAt('12:00', user)));
    expect(await run.finish()).toBe(3);
    expect(run.findings).toHaveLength(3);
  });

  test('goes by the end of windows, then by plan, then by key', async () => {
    const hourly = planOf([aggregate({ emit: 'close' })], { id: 'z' });
    const quarterly = planOf([aggregate({ emit: 'close', window: tumbling('15m', '1h') })], { id: 'a' });
    const run = new EngineRun([hourly, quarterly]);
    await run.feed([eventAt('12:50', 'y'), eventAt('12:51', 'x'), eventAt('12:40', 'w')]);
    await run.finish();
    expect(run.findings.map(({ plan, keys }) => `${plan.id} ${keys.join()}`)).toEqual([
      'a ["w"]',
      'z ["w"]',
      'z ["x"]',
      'z ["y"]',
      'a ["x"]',
      'a ["y"]',
    ]);
  });

  test('at the end of a replay takes all that is open, in slices', async () => {
    const run = new EngineRun([atClose]);
    run.room = 10;
    await run.feed(users.map((user) => eventAt('12:00', user)));
    expect(await run.finish()).toBe(3);
    expect(run.findings).toHaveLength(25);
    await run.feed([eventAt('12:01', 'a')]);
    expect(run.count('detection/p/late')).toBe(1);
  });

  test('at the end of a replay closes a window of the far future, but does not move there', async () => {
    const run = new EngineRun([atClose]);
    run.now = at('12:10');
    await run.feed([eventAt('12:00', 'a'), eventAt('20:00', 'future')]);
    await run.finish();
    expect(run.findings).toHaveLength(2);
    run.now += fromMillis(ms('1h'));
    await run.feed([eventAt('13:12', 'b')]);
    expect(run.count('detection/p/late')).toBe(0);
  });
});
