import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { ScreenDestination } from '../../../src/exporters/debug/screen-destination.ts';
import { riskEvent } from '../risk-event.ts';

const signal = new AbortController().signal;

/** What is written to a terminal of `columns`, or to something that is none. */
async function written(noColor: string, columns?: number): Promise<string> {
  const output = new PassThrough();
  const terminal = columns === undefined ? output : Object.assign(output, { isTTY: true, columns });
  const destination = new ScreenDestination(terminal, 'normal', noColor);
  await destination.open();
  expect(await destination.deliver([riskEvent()], signal)).toEqual({ kind: 'delivered' });
  return String(output.read());
}

describe('colours', () => {
  test('are for terminals', async () => {
    expect(await written('', 120)).toContain('\u001b[33mRISK 20  \u001b[0m');
  });
  test('are not for files and pipes', async () => {
    expect(await written('')).not.toContain('\u001b');
  });
  test('are not for who does not want them', async () => {
    expect(await written('1', 120)).not.toContain('\u001b');
  });
});

test('breaks what does not fit on a terminal, and nothing anywhere else', async () => {
  const narrow = (await written('1', 60)).split('\n');
  const below = narrow.slice(1).filter((line) => !line.includes('(Discovery)'));
  expect(below.every((line) => line.length <= 60)).toBe(true);
  expect(narrow.length).toBeGreaterThan((await written('')).split('\n').length);
});

/** Standard output that takes nothing, for this reason. */
const failing = (code: string): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });

test('is closed for good when nobody reads any more, and does not end the process', async () => {
  const destination = new ScreenDestination(failing('EPIPE'), 'normal', '');
  await destination.open();
  const closed = { kind: 'closed', reason: 'nobody reads standard output any more' };
  expect(await destination.deliver([riskEvent()], signal)).toEqual(closed);
  expect(await destination.deliver([riskEvent()], signal)).toEqual(closed);
});

test('waits when standard output cannot take more now', async () => {
  const destination = new ScreenDestination(failing('ENOSPC'), 'normal', '');
  await destination.open();
  const outcome = await destination.deliver([riskEvent()], signal);
  expect(outcome).toEqual({ kind: 'wait', reason: 'cannot write to standard output: write ENOSPC' });
});

test('gives up waiting for a reader that has stopped reading when it is told to stop', async () => {
  const stuck = new Writable({ write: () => {} });
  const stopping = new AbortController();
  const delivery = new ScreenDestination(stuck, 'normal', '').deliver([riskEvent()], stopping.signal);
  stopping.abort();
  expect(await delivery).toMatchObject({ kind: 'wait' });
  const late = new ScreenDestination(stuck, 'normal', '').deliver([riskEvent()], stopping.signal);
  expect(await late).toMatchObject({ kind: 'wait' });
});

test('listens for errors of one stream once, however often it is opened', async () => {
  const output = new PassThrough();
  await new ScreenDestination(output, 'normal', '').open();
  await new ScreenDestination(output, 'basic', '').open();
  expect(output.listenerCount('error')).toBe(1);
});
