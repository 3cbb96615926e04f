import { appendFileSync, copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { eventually, replay, tailScene } from '../tail-scene.ts';
import { partsOf, wrapped, writeCri, writeDocker } from './container-log.ts';

const operators = [{ type: 'container' }];
const linesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({ number: index, text: 'x'.repeat(index % 90) }),
  );
/** Of one line, too big for one part. */
const [first = '', ...others] = partsOf(
  { stream: 'stdout', text: `{"long":"${'x'.repeat(90)}"}` },
  40,
  writeCri,
);
const rest = others.join('');
const long = `{"long":"${'x'.repeat(90)}"}`;

describe('what a container wrote is read as if it had written a file', () => {
  const lines = linesOf(5_000);
  for (const [what, text, options] of [
    ['containerd', wrapped(lines, 64), {}],
    ['Docker', wrapped(lines, 64, writeDocker), {}],
    ['with a format', wrapped(lines, 64), { format: 'containerd' }],
  ] as const) {
    test(what, async () => {
      const scene = tailScene();
      writeFileSync(scene.path('0.log'), text);
      await replay(scene, { operators: [{ type: 'container', ...options }] });
      expect(scene.texts).toEqual(lines);
      expect(scene.counted).toEqual({ lines: 5_000, bytes: text.length });
      expect(scene.lines.at(-1)?.end).toBe(text.length);
      expect(scene.notices).toEqual([]);
    });
  }

  test('in an archive', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('0.log.20261122-133047.gz'), gzipSync(wrapped(lines, 64)));
    await scene.start({ include: scene.path('0.log*'), operators });
    await eventually(() => expect(scene.texts).toEqual(lines));
  });
});

test('without the operator, and with the format of another runtime, lines are handed on as they are', async () => {
  for (const options of [{}, { operators: [{ type: 'container', format: 'docker' }] }]) {
    const scene = tailScene();
    writeFileSync(scene.path('0.log'), first + rest);
    await replay(scene, options);
    expect(scene.texts.map((text) => `${text}\n`).join('')).toBe(first + rest);
  }
});

describe('a line that was begun', () => {
  test('waits for its other parts, and is handed on once', async () => {
    const scene = tailScene();
    const path = scene.path('0.log');
    writeFileSync(path, `${wrapped(['{"a":1}'])}${first}`);
    await scene.start({ operators });
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}']));
    appendFileSync(path, rest.slice(0, 70));
    appendFileSync(path, rest.slice(70) + wrapped(['{"b":1}']));
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}', long, '{"b":1}']));
  });

  test('waits over a restart: its position is before its first part', async () => {
    const scene = tailScene();
    const path = scene.path('0.log');
    const before = wrapped(['{"a":1}']);
    writeFileSync(path, before + first + others[0]);
    await scene.start({ operators });
    await eventually(() => expect(scene.caughtUpBy).toHaveLength(1));
    await scene.stop();
    expect(scene.positions).toMatchObject([{ offset: before.length }]);
    appendFileSync(path, others.slice(1).join(''));
    await scene.start({ operators });
    await eventually(() => expect(scene.texts).toEqual(['{"a":1}', long]));
  });

  test('is read on in the copy that copytruncate leaves', async () => {
    const scene = tailScene();
    const path = scene.path('0.log');
    const before = wrapped(linesOf(100));
    writeFileSync(path, before + first);
    await scene.start({ operators, include: path });
    await eventually(() => expect(scene.lines).toHaveLength(100));
    await scene.stop();
    appendFileSync(path, rest);
    copyFileSync(path, scene.path('0.log.1'));
    truncateSync(path);
    appendFileSync(path, wrapped(['{"b":1}']));
    await scene.start({ operators, include: path });
    await eventually(() => expect(scene.texts.slice(100).toSorted()).toEqual(['{"b":1}', long]));
  });

  test('is left at the end of a replay, and said', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('0.log'), first);
    await replay(scene, { operators });
    expect(scene.texts).toEqual([]);
    expect(scene.log.lines).toContainEqual(expect.stringMatching(/the last \d+ B of .* were not read/));
  });
});

test('a line that is too long in all its parts is skipped, counted and announced, and the next one read', async () => {
  const scene = tailScene();
  const lines = ['{"a":1}', 'x'.repeat(101), 'y'.repeat(100), '{"b":1}'];
  writeFileSync(scene.path('0.log'), wrapped(lines, 40));
  await replay(scene, { operators, max_log_size: 100 });
  expect(scene.texts).toEqual(['{"a":1}', 'y'.repeat(100), '{"b":1}']);
  expect(scene.counted).toMatchObject({ lines: 4, oversize: 1 });
  expect(scene.notices.map(({ attributes }) => attributes)).toMatchObject([
    { 'riskpipe.notice.length': 101, 'riskpipe.notice.offset': wrapped(['{"a":1}'], 40).length },
  ]);
});

test('an event of megabytes is one line', async () => {
  const scene = tailScene();
  const lines = [`{"long":"${'x'.repeat(5_000_000)}"}`, '{"b":1}'];
  writeFileSync(scene.path('0.log'), wrapped(lines));
  await replay(scene, { operators });
  expect(scene.texts).toEqual(lines);
});

test('lines of others among them are handed on as they are', async () => {
  const scene = tailScene();
  const [klog, plain] = ['I1122 13:30:47 trace.go:236] Trace', '{"kind":"Event"}'];
  writeFileSync(scene.path('0.log'), `${klog}\n${first}${klog}\n${rest}${plain}\r\n`);
  await replay(scene, { operators });
  expect(scene.texts).toEqual([klog, klog, long, plain]);
  expect(readFileSync(scene.path('0.log')).length).toBe(scene.counted['bytes']);
});
