import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pprof } from '../../src/extensions/pprof.ts';
import { until } from '../e2e/until.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** A running extension and its log; `hears` sends this process the signal and waits for a message. */
async function scene(options: object) {
  const log = new RecordingLogger();
  const extension = await pprof.create(settings('pprof', { log }), pprof.schema.parse(options));
  await extension.start(new TestHost());
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= extension.shutdown(AbortSignal.timeout(1_000)));
  onTestFinished(stop);
  const hears = async (message: RegExp): Promise<void> => {
    process.emit('SIGUSR2');
    await until(
      () => log.lines.find((line) => message.test(line)),
      () => `${String(message)} in\n${log.lines.join('\n')}`,
    );
  };
  return { log, hears, stop };
}

test('at SIGUSR2 it writes a profile of the processor and one of the heap, for its owner only', async () => {
  const directory = emptyDirectory();
  const { hears } = await scene({ directory, duration: '10ms' });
  await hears(/wrote .*\.heapprofile/);
  const names = readdirSync(directory).toSorted();
  expect(names.map((name) => name.replace(/^riskpipe-\d+-20260412T120000Z/, ''))).toEqual([
    '.cpuprofile',
    '.heapprofile',
  ]);
  for (const name of names) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  const [cpu = '', heap = ''] = names.map((name) => readFileSync(join(directory, name), 'utf8'));
  expect(JSON.parse(cpu)).toMatchObject({ nodes: expect.any(Array), samples: expect.any(Array) });
  expect(JSON.parse(heap)).toMatchObject({ head: expect.any(Object) });
});

test('a second signal meanwhile begins nothing, and a stop ends what was begun', async () => {
  const directory = emptyDirectory();
  const { hears, stop } = await scene({ directory, duration: '5m' });
  await hears(/taking a profile/);
  await hears(/a profile is being taken already/);
  await stop();
  expect(readdirSync(directory)).toHaveLength(2);
  expect(process.listenerCount('SIGUSR2')).toBe(0);
});

test('without a directory it takes none, and says so', async () => {
  const { log, hears } = await scene({});
  expect(log.lines).toEqual(['warn: no profile is taken at SIGUSR2: "directory" says where to write it']);
  await hears(/nothing is done, for "directory" is not given/);
});

test('a directory that is not there is said, and the next signal tries again', async () => {
  const { log, hears } = await scene({ directory: join(emptyDirectory(), 'missing'), duration: '10ms' });
  await hears(/^error: no profile could be taken: .*ENOENT/);
  expect(log.lines.splice(0)).toHaveLength(2);
  await hears(/^error: no profile could be taken: .*ENOENT/);
});

for (const [duration, accepted] of [
  ['10s', true],
  ['5m', true],
  ['0s', false],
  ['6m', false],
] as const) {
  test(`a duration of ${duration} is ${accepted ? 'taken' : 'refused'}`, () => {
    expect(pprof.schema.safeParse({ duration }).success).toBe(accepted);
  });
}
