import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Expr } from '../../../../src/detection/plan/expr.ts';
import { ScanThread, threadProgram } from '../../../../src/receivers/file-log/ahead/scan-thread.ts';
import type { Stretch } from '../../../../src/receivers/file-log/ahead/stretch.ts';

const where: Expr = {
  kind: 'test',
  field: { name: 'verb', arrays: 'hidden' },
  test: { op: 'equals', values: ['create'], fold: false },
};
const order = { target: { plans: [{ id: 'p', where }], probes: [] }, maxLine: 1_000 };

/** A log of three lines of which the last is a candidate, and a folder for it. */
function scene(): { readonly stretch: Stretch; readonly write: (name: string, text: string) => string } {
  const directory = mkdtempSync(join(tmpdir(), 'scan-thread-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const write = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const path = write('audit.log', '{}\n{"verb":"get"}\n{"verb":"create"}\n');
  const { dev, ino, size } = statSync(path, { bigint: true });
  return { stretch: { path, inode: `${dev}:${ino}`, from: 0, to: Number(size), open: [] }, write };
}

function threadOf(program: string, failures: string[]): ScanThread {
  const thread = new ScanThread(program, order, (reason) => failures.push(reason));
  onTestFinished(() => thread.close());
  return thread;
}

test('a thread of the built program scans all but the first line of a stretch', async () => {
  const failures: string[] = [];
  const thread = threadOf(threadProgram() ?? '', failures);
  await thread.started;
  expect(thread.isReady).toBe(true);
  const { stretch } = scene();
  const [runs, of, another] = await Promise.all([
    thread.scan(stretch),
    thread.scan({ ...stretch, inode: '0:0' }),
    thread.scan({ ...stretch, path: `${stretch.path}.1` }),
  ]);
  expect(runs).toMatchObject([{ start: 3, length: 33, scan: { lines: 2, words: 1 } }]);
  expect([...(runs[0]?.scan.candidates ?? [])]).toEqual([15, 32, 0, 1]);
  expect([of, another]).toEqual([[], []]);
  await thread.close();
  expect(failures).toEqual([]);
  expect(await thread.scan(stretch)).toEqual([]);
});

for (const [when, program] of [
  ['when it starts', "throw new Error('no luck');"],
  [
    'at work',
    "import { parentPort } from 'node:worker_threads';\n" +
      "parentPort.on('message', () => { throw new Error('no luck'); });\n" +
      "parentPort.postMessage('ready');",
  ],
] as const) {
  test(`a thread that dies ${when} says why, and knows nothing`, async () => {
    const failures: string[] = [];
    const { stretch, write } = scene();
    const thread = threadOf(write('program.mjs', program), failures);
    await thread.started;
    expect(await Promise.all([thread.scan(stretch), thread.scan(stretch)])).toEqual([[], []]);
    expect(failures).toEqual(['no luck']);
    expect(thread.isReady).toBe(false);
  });
}
