import { appendFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  auditEvent,
  azureRecords,
  firehose,
  packedText,
  pubsubPush,
  subscription,
} from '../../../envelope/packers.ts';
import { eventually, replay, tailScene } from '../tail-scene.ts';

const operators = [{ type: 'envelope' }];
const events = (count: number, first = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    auditEvent(String(first + index), { pad: 'x'.repeat((first + index) % 90) }),
  );

describe('the events of a file of documents are read as if they stood in a file', () => {
  const given = events(60);
  const pages = Array.from({ length: 20 }, (_, page) => given.slice(page * 3, page * 3 + 3));
  const lines = (write: (page: readonly string[]) => string): string => `${pages.map(write).join('\n')}\n`;
  test.each([
    ['subscriptions', lines((page) => subscription(page))],
    [
      'subscriptions of which several stand in a line',
      `${pages.map((page) => subscription(page)).join('')}\n`,
    ],
    ['subscriptions, packed, in base64', lines((page) => packedText(subscription(page)))],
    ['deliveries of Firehose', lines((page) => firehose([gzipSync(subscription(page))]))],
    ['records of Azure', lines((page) => azureRecords(page))],
    ['messages of Pub/Sub', lines((page) => pubsubPush(page.join('\n')))],
    ['lists', lines((page) => `[${page.join(',')}]`)],
    ['events', `${given.join('\n')}\n`],
  ])('%s', async (_, text) => {
    const scene = tailScene();
    writeFileSync(scene.path('audit.log'), text);
    await replay(scene, { operators });
    expect(scene.texts).toEqual(given);
    expect(scene.notices).toEqual([]);
    expect(scene.counted).toEqual({ lines: 60, bytes: text.length });
    const ends = scene.lines.map(({ end }) => end);
    expect(ends).toEqual([...new Set(ends)].sort((left, right) => left - right));
    expect(ends.at(-1)).toBeLessThanOrEqual(text.length);
  });

  test('an archive without a line end, as Firehose puts it into a bucket', async () => {
    const scene = tailScene();
    const object = pages.map((page) => subscription(page)).join('');
    writeFileSync(scene.path('object.gz'), gzipSync(object));
    await replay(scene, { include: scene.path('*.gz'), operators });
    expect(scene.texts).toEqual(given);
  });

  test('a document with more events than are handed on at once', async () => {
    const scene = tailScene();
    const many = events(5_000);
    writeFileSync(scene.path('audit.log'), `${subscription(many)}\n`);
    await replay(scene, { operators });
    expect(scene.texts).toEqual(many);
    expect(scene.lines.map(({ end }) => end)).toEqual(many.map((_, index) => index + 1));
  });
});

test('without the operator a document is one line', async () => {
  const scene = tailScene();
  const text = subscription(events(2));
  writeFileSync(scene.path('audit.log'), `${text}\n`);
  await replay(scene);
  expect(scene.texts).toEqual([text]);
});

test('a document is read once, over restarts, and its events keep their ends when it is read again', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  writeFileSync(path, `${subscription(events(3))}\n`);
  const refused: number[] = [];
  scene.refuse = (batch) => {
    if (refused.length > 0) return;
    refused.push(...Array.from({ length: batch.size }, (_, index) => batch.line(index).end));
    throw new Error('the queue is full');
  };
  await scene.start({ start_at: 'beginning', operators });
  await eventually(() => expect(scene.texts).toEqual(events(3)));
  expect(scene.lines.map(({ end }) => end)).toEqual(refused);
  await scene.stop();
  appendFileSync(path, `${subscription(events(2, 3))}\n`);
  await scene.start({ start_at: 'beginning', operators });
  await eventually(() => expect(scene.texts).toEqual(events(5)));
});

test('a document that is not complete waits for its end', async () => {
  const scene = tailScene();
  const path = scene.path('audit.log');
  const text = subscription(events(2));
  writeFileSync(path, text.slice(0, 100));
  await scene.start({ start_at: 'beginning', operators });
  appendFileSync(path, text.slice(100));
  appendFileSync(path, '\n');
  await eventually(() => expect(scene.texts).toEqual(events(2)));
  expect(scene.notices).toEqual([]);
});

test('a line that is no document is handed on as it is, and blank lines are none', async () => {
  const scene = tailScene();
  const [event = ''] = events(1);
  writeFileSync(scene.path('audit.log'), `\n no event \r\n\n${subscription([event])}\n\nI0412 klog\n\n`);
  await replay(scene, { operators });
  expect(scene.texts).toEqual([' no event ', event, 'I0412 klog']);
});

test('what cannot be read of a document is told, once, with its place, and the others are read', async () => {
  const scene = tailScene();
  const [one = '', two = '', three = ''] = events(3);
  const broken = firehose([one, 'no event']);
  writeFileSync(scene.path('audit.log'), `${subscription([two])}\n${broken}\n${subscription([three])}\n`);
  await replay(scene, { operators });
  expect(scene.texts).toEqual([two, one, three]);
  expect(scene.counted).toMatchObject({ lines: 3, unreadable: 1 });
  expect(scene.notices.map(({ attributes }) => attributes)).toMatchObject([
    {
      'riskpipe.notice.kind': 'document_unreadable',
      'riskpipe.notice.offset': subscription([two]).length + 1,
      'log.file.name': 'audit.log',
    },
  ]);
  expect(scene.notices[0]?.body).toContain('there is something that is no JSON object');
});

test('a document that is too long, or has become NUL, is told as any line', async () => {
  const scene = tailScene();
  const [event = ''] = events(1);
  const long = subscription([auditEvent('long', { pad: 'x'.repeat(3_000) })]);
  const nul = Buffer.alloc(600);
  const line = `${subscription([event])}\n`;
  writeFileSync(
    scene.path('audit.log'),
    Buffer.concat([Buffer.from(`${long}\n${line}`), nul, Buffer.from(line)]),
  );
  await replay(scene, { operators, max_log_size: 2_000 });
  expect(scene.texts).toEqual([event, event]);
  const kinds = scene.notices.map(({ attributes }) => attributes['riskpipe.notice.kind']);
  expect(kinds).toEqual(['oversize_line', 'nul_run']);
});

test('encoding says what documents are', async () => {
  const scene = tailScene();
  writeFileSync(scene.path('audit.log'), `${azureRecords(events(1))}\n${subscription(events(1))}\n`);
  await replay(scene, { operators: [{ type: 'envelope', encoding: 'azure_encoding' }] });
  expect(scene.texts).toEqual(events(1));
  expect(scene.counted).toMatchObject({ unreadable: 1 });
});
