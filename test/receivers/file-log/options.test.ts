import { appendFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileLog } from '../../../src/receivers/file-log.ts';
import { eventually, tailScene } from './tail-scene.ts';

describe('include and exclude', () => {
  test('several globs, a relative one among them, and exceptions', async () => {
    const scene = tailScene();
    for (const name of ['a.log', 'b.log', 'c.txt', 'd.txt']) writeFileSync(scene.path(name), `${name}\n`);
    const include = [relative(process.cwd(), scene.path('*.log')), scene.path('c.txt'), scene.path('d.txt')];
    await scene.start({ include, exclude: [scene.path('b.*'), scene.path('d.txt')] });
    await eventually(() => expect(scene.texts.toSorted()).toEqual(['a.log', 'c.txt']));
    expect(scene.log.lines.filter((line) => line.includes('b.log'))).toEqual([]);
  });
});

describe('start_at', () => {
  test('end reads only what comes, from the line that was begun', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'old\nbeg');
    await scene.start({ start_at: 'end' });
    appendFileSync(path, 'un\nnew\n');
    await eventually(() => expect(scene.texts).toEqual(['begun', 'new']));
    expect(scene.log.lines).toContain(`info: reading ${path} from the end, 3 B behind`);
  });

  test('end does not apply to files that appear later, nor after a restart', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('a.log'), 'old\n');
    await scene.start({ start_at: 'end' });
    writeFileSync(scene.path('b.log'), 'b\n');
    await eventually(() => expect(scene.texts).toEqual(['b']));
    await scene.stop();
    writeFileSync(scene.path('c.log'), 'c\n');
    appendFileSync(scene.path('a.log'), 'a\n');
    await scene.start({ start_at: 'end' });
    await eventually(() => expect(scene.texts.toSorted()).toEqual(['a', 'b', 'c']));
  });

  test('end within a line that is too long skips the rest of it', async () => {
    const scene = tailScene();
    const path = scene.path('audit.log');
    writeFileSync(path, 'x'.repeat(1_000));
    await scene.start({ start_at: 'end', max_log_size: 100 });
    appendFileSync(path, 'xx\nnew\n');
    await eventually(() => expect(scene.texts).toEqual(['new']));
  });

  test('beginning reads what is there', async () => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), 'old\n');
    await scene.start({ start_at: 'beginning' });
    await eventually(() => expect(scene.texts).toEqual(['old']));
    expect(scene.log.lines).toContain(
      `info: reading ${scene.path('audit.log')} from the beginning, 4 B behind`,
    );
  });
});

test('resource, attributes, and name and path of the file go with every record', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'one\n');
  await scene.start({
    resource: { 'k8s.cluster.name': 'prod' },
    attributes: { team: 'blue' },
    include_file_path: true,
  });
  await eventually(() => expect(scene.texts).toEqual(['one']));
  expect(scene.lines[0]?.record.resource.attributes).toEqual({ 'k8s.cluster.name': 'prod' });
  expect(scene.lines[0]?.record.attributes).toEqual({
    team: 'blue',
    'log.file.name': 'audit.log',
    'log.file.path': scene.path('audit.log'),
  });
});

test('include_file_name can be switched off', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), 'one\n');
  await scene.start({ include_file_name: false });
  await eventually(() => expect(scene.texts).toEqual(['one']));
  expect(scene.lines[0]?.record.attributes).toEqual({});
});

test('names the first ten files at start and sums up the others', async () => {
  const scene = tailScene();
  for (let index = 0; index < 15; index++) writeFileSync(scene.path(`${index}.log`), 'x\n');
  await scene.start();
  expect(scene.log.lines.filter((line) => line.includes('from the beginning'))).toHaveLength(10);
  expect(scene.log.lines).toContain('info: reading 5 more files, 10 B behind');
});

test('more files than descriptors are all followed', async () => {
  const scene = tailScene();
  const names = Array.from({ length: 300 }, (_, index) =>
    scene.path(`f${String.fromCodePoint(97 + (index % 26))}${index}.log`),
  );
  for (const path of names) writeFileSync(path, `${path}\n`);
  await scene.start();
  await eventually(() => expect(scene.lines).toHaveLength(300));
  for (const path of names) appendFileSync(path, 'more\n');
  await eventually(() => expect(scene.lines).toHaveLength(600));
  expect(new Set(scene.lines.map(({ stream }) => stream)).size).toBe(300);
});

describe('the schema', () => {
  test('fills in the defaults of the documentation', () => {
    expect(fileLog.schema.parse({ include: 'a.log' })).toEqual({
      include: ['a.log'],
      exclude: [],
      start_at: 'end',
      operators: [],
      poll_interval: 250,
      max_log_size: 16 * 2 ** 20,
      resource: {},
      silence: 300_000,
      attributes: {},
      include_file_name: true,
      include_file_path: false,
    });
  });

  for (const [what, given, message] of [
    ['no include', {}, /include/],
    ['an empty include', { include: [] }, /at least one path or glob/],
    ['a bad start_at', { include: 'a', start_at: 'middle' }, /start_at/],
    ['a bad duration', { include: 'a', poll_interval: '5 parsecs' }, /not a duration/],
    ['a poll interval of nothing', { include: 'a', poll_interval: '0' }, /how long to wait/],
    ['a bad size', { include: 'a', max_log_size: 'big' }, /not a size/],
    ['a size of nothing', { include: 'a', max_log_size: 0 }, /no line would be read/],
    ['an unknown key', { include: 'a', inclde: 'b' }, /inclde/],
  ] as const) {
    test(`refuses ${what}`, () => {
      const parsed = fileLog.schema.safeParse(given);
      expect(JSON.stringify(parsed.error?.issues)).toMatch(message);
    });
  }
});
