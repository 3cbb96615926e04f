import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { file } from '../../src/exporters/file.ts';
import { decoded } from '../otlp/decoded.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { riskEvent } from './risk-event.ts';

let directory: string;
let path: string;
let host: TestHost;
let log: RecordingLogger;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-file-'));
  path = join(directory, 'out.jsonl');
  host = new TestHost();
  log = new RecordingLogger();
});
afterEach(() => rm(directory, { recursive: true }));

async function started(options: object = {}) {
  const exporter = await file.create(settings('file', { log }), file.schema.parse({ path, ...options }));
  await exporter.start(host);
  return exporter;
}

/** Writes each list of records as one batch, and closes. */
async function write(options: object, ...batches: readonly (readonly LogRecord[])[]): Promise<void> {
  const exporter = await started(options);
  for (const records of batches) {
    await host.send(exporter, records);
    await exporter.drained();
  }
  await exporter.shutdown(AbortSignal.timeout(1_000));
}

const lines = (): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const recordsIn = (line: string): readonly LogRecord[] => decoded(Buffer.from(line), 'json').flat();

test('writes one OTLP JSON request a line, which reads back as what was sent', async () => {
  const first = [riskEvent({ body: 'one' }), riskEvent({ body: 'two\nlines' })];
  const second = [riskEvent({ body: 'three' })];
  await write({}, first, second);
  expect(lines()).toHaveLength(2);
  expect(lines().map((line) => Object.keys(JSON.parse(line) as object))).toEqual([
    ['resourceLogs'],
    ['resourceLogs'],
  ]);
  expect(lines().map(recordsIn)).toEqual([first, second]);
  expect(host.counters('file')).toEqual({ records: 3, delivered: 3 });
});

test('makes a file that only its owner may read', async () => {
  await write({});
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('append, the default, keeps what is there; without it the file begins anew', async () => {
  await write({}, [riskEvent({ body: 'one' })]);
  await write({}, [riskEvent({ body: 'two' })]);
  expect(
    lines()
      .flatMap(recordsIn)
      .map(({ body }) => body),
  ).toEqual(['one', 'two']);
  await write({ append: false }, [riskEvent({ body: 'three' })]);
  expect(
    lines()
      .flatMap(recordsIn)
      .map(({ body }) => body),
  ).toEqual(['three']);
});

test('create_directory makes the directories above it; without it their lack is an error that says so', async () => {
  path = join(directory, 'a', 'b', 'out.jsonl');
  await expect(started()).rejects.toThrow(
    `could not open "${path}" for writing: there is no such directory; make it, or set "create_directory: true"`,
  );
  expect(existsSync(join(directory, 'a'))).toBe(false);
  await write({ create_directory: true }, [riskEvent()]);
  expect(lines()).toHaveLength(1);
});

test('path has to be there', () => {
  expect(file.schema.safeParse({}).success).toBe(false);
  expect(file.schema.safeParse({ path: '' }).success).toBe(false);
});

test('a directory in its place is an error that names it', async () => {
  await mkdir(path);
  await expect(started()).rejects.toThrow(`could not open "${path}" for writing: `);
});

describe('a last line that an earlier crash left unfinished', () => {
  const whole = '{"resourceLogs":[]}\n';

  test.each([
    ['a part of a request', '{"resourceLogs":[{"resource":{}'],
    ['a request without its newline', '{"resourceLogs":[]}'],
    ['a single byte', '{'],
    ['zeros instead of bytes', '\0\0\0\0'],
    ['some bytes, then zeros', '{"res\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'],
    ['more than a block', `{"resourceLogs":[${'x'.repeat(200_000)}`],
  ])('%s, is cut off, and said', async (_, torn) => {
    writeFileSync(path, `${whole}${torn}`);
    await write({}, [riskEvent({ body: 'after' })]);
    expect(readFileSync(path, 'utf8').startsWith(`${whole}{"resourceLogs":[{`)).toBe(true);
    expect(
      lines()
        .flatMap(recordsIn)
        .map(({ body }) => body),
    ).toEqual(['after']);
    expect(log.lines).toContain(
      `warn: cut ${torn.length} bytes of an unfinished line off the end of ${path}`,
    );
  });

  test('is cut off if it is all there is', async () => {
    writeFileSync(path, '{"resourceLogs":[');
    await write({}, [riskEvent()]);
    expect(lines()).toHaveLength(1);
  });

  test('is left alone if it is not ours: then the file is another one', async () => {
    writeFileSync(path, 'dear diary\nall is well');
    await expect(started()).rejects.toThrow('its last line is not finished and is no OTLP JSON');
    expect(readFileSync(path, 'utf8')).toBe('dear diary\nall is well');
  });
});

test('a crash between the write and the end of its delivery gives the same record once more, and nothing else', async () => {
  await write({}, [riskEvent()]);
  // As after a crash: the record is in the file, and in the queue of the next run as well.
  host = new TestHost();
  const exporter = await file.create(settings('file', { log }), file.schema.parse({ path }));
  await host.send(exporter, [riskEvent()]);
  await exporter.start(host);
  await exporter.drained();
  await exporter.shutdown(AbortSignal.timeout(1_000));
  expect(log.lines).toContain('info: 1 records of an earlier run are still to be delivered');
  expect(lines().flatMap(recordsIn)).toEqual([riskEvent(), riskEvent()]);
});

test.skipIf(!existsSync('/dev/full'))('a device in its place is refused', async () => {
  path = '/dev/full';
  await expect(started()).rejects.toThrow('it is not a regular file');
});
