import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FileDestination } from '../../../src/exporters/file/file-destination.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { riskEvent } from '../risk-event.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-file-'));
  path = join(directory, 'out.jsonl');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true });
});

/** The class behind `FileHandle`, which Node does not export. */
async function fileHandleClass() {
  const probe = await open(path, 'a+');
  const prototype: unknown = Object.getPrototypeOf(probe);
  await probe.close();
  return prototype as typeof probe;
}

test('waits when the disk takes only a part, and leaves no part of a line behind', async () => {
  const handles = await fileHandleClass();
  const log = new RecordingLogger();
  const destination = new FileDestination({ path, append: true, createDirectory: false, log });
  await destination.open();
  await destination.deliver([riskEvent({ body: 'one' })]);

  vi.spyOn(handles, 'appendFile').mockImplementationOnce(async function (this: typeof handles, data) {
    await this.write(Buffer.from(data as Uint8Array).subarray(0, 40));
    throw new Error('ENOSPC: no space left on device');
  });
  const failed = await destination.deliver([riskEvent({ body: 'two' })]);
  expect(failed).toEqual({
    kind: 'wait',
    reason: `could not write "${path}": ENOSPC: no space left on device`,
  });

  expect(await destination.deliver([riskEvent({ body: 'two' })])).toEqual({ kind: 'delivered' });
  await destination.close();
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines.map((line) => /"body":\{"stringValue":"(\w+)"/.exec(line)?.[1])).toEqual([
    'one',
    'two',
    undefined,
  ]);
});

test('is not delivered before the disk has it', async () => {
  const handles = await fileHandleClass();
  const destination = new FileDestination({
    path,
    append: true,
    createDirectory: false,
    log: new RecordingLogger(),
  });
  await destination.open();
  const sync = vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO: i/o error'));
  expect(await destination.deliver([riskEvent()])).toMatchObject({ kind: 'wait' });
  expect(await destination.deliver([riskEvent()])).toEqual({ kind: 'delivered' });
  expect(sync).toHaveBeenCalledTimes(2);
  await destination.close();
});
