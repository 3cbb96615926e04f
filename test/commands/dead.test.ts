import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeDeadLetter } from '../../src/pipeline/outbox/dead-letter.ts';
import { encodeRecord } from '../../src/record/codec.ts';
import { logRecord, noResource } from '../../src/record/record.ts';
import { fromMillis } from '../../src/record/time.ts';
import { count, counters } from '../../src/store/counter.ts';
import { LevelStore } from '../../src/store/level.ts';
import { Workspace } from '../e2e/workspace.ts';
import { builtRiskpipe } from './built-riskpipe.ts';
import { riskpipe, type Ran } from './riskpipe.ts';

const config = `
receivers:
  file_log:
    include: [audit.log]
exporters:
  otlp_http:
    endpoint: http://127.0.0.1:1
  otlp_http/other:
    endpoint: http://127.0.0.1:1
extensions:
  file_storage:
    directory: STORE
    create_directory: true
service:
  extensions: [file_storage]
  pipelines:
    logs: {receivers: [file_log], exporters: [otlp_http, otlp_http/other]}
`;

/** A store with two dead letters of `otlp_http`, one of them high, and one of `otlp_http/other`. */
async function withLetters(): Promise<{
  directory: string;
  run: (...words: readonly string[]) => Promise<Ran>;
  workspace: Workspace;
}> {
  const workspace = new Workspace();
  const directory = workspace.path('store');
  mkdirSync(directory);
  workspace.write('c.yaml', config.replace('STORE', directory));
  const store = await LevelStore.open(directory);
  const work = store.begin();
  for (const [exporter, name, severityNumber] of [
    ['otlp_http', 'Secret\u001b[2J read', 13],
    ['otlp_http', 'Exec into a pod', 17],
    ['otlp_http/other', 'Exec into a pod', 17],
  ] as const) {
    const attributes = { 'security_rule.name': name, big: 2n ** 60n, bytes: Uint8Array.of(1, 2) };
    const record = logRecord({ observedTime: 1n, resource: noResource, severityNumber, attributes });
    const at = fromMillis(1_775_995_200_000);
    const letter = { reason: '400 Bad Request', status: 400, at, record: encodeRecord(record) };
    work.enqueue(`dead/${exporter}`, encodeDeadLetter(letter));
    count(work, exporter, 'records');
    count(work, exporter, 'dead');
  }
  await work.commit();
  await store.close();
  const run = (...words: readonly string[]): Promise<Ran> =>
    riskpipe(['dead', ...words, '--config', 'c.yaml'], workspace);
  return { directory, run, workspace };
}

/** What the store says afterwards: counters, and the lengths of the queues. */
async function left(directory: string, exporter = 'otlp_http'): Promise<Readonly<Record<string, number>>> {
  const store = await LevelStore.open(directory);
  const found = {
    ...Object.fromEntries(counters(store, exporter)),
    'in outbox': store.length(`outbox/${exporter}`),
    'in urgent': store.length(`urgent/${exporter}`),
    'in dead': store.length(`dead/${exporter}`),
  };
  await store.close();
  return found;
}

describe('riskpipe dead', () => {
  test('list shows id, time, rule and reason of each, and nothing that moves a terminal', async () => {
    const { run } = await withLetters();
    const { status, stdout } = await run('list');
    expect([status, stdout.split('\n')]).toEqual([
      0,
      [
        'otlp_http:1  2026-04-12T12:00:00Z  Secret\\u{1b}[2J read  400 Bad Request',
        'otlp_http:2  2026-04-12T12:00:00Z  Exec into a pod  400 Bad Request',
        'otlp_http/other:1  2026-04-12T12:00:00Z  Exec into a pod  400 Bad Request',
        '3 dead letters',
        '',
      ],
    ]);
  });

  test('show prints the whole record as JSON', async () => {
    const { run } = await withLetters();
    const { status, stdout } = await run('show', 'otlp_http:2');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'otlp_http:2',
      at: '2026-04-12T12:00:00Z',
      status: 400,
      reason: '400 Bad Request',
      record: {
        severityNumber: 17,
        attributes: { 'security_rule.name': 'Exec into a pod', big: '1152921504606846976', bytes: 'AQI=' },
      },
    });
  });

  test('retry puts them back to the end of their queues, and the counters stay equal', async () => {
    const { directory, run } = await withLetters();
    expect(await run('retry', '--all')).toMatchObject({
      status: 0,
      stdout: '3 put back; they leave when riskpipe runs\n',
    });
    const moved = { records: 2, dead: 0, retried: 2, 'in outbox': 1, 'in urgent': 1, 'in dead': 0 };
    expect(await left(directory)).toEqual(moved);
    expect(await left(directory, 'otlp_http/other')).toMatchObject({ dead: 0, retried: 1, 'in urgent': 1 });
  });

  test('drop deletes those that are named, and counts them', async () => {
    const { directory, run } = await withLetters();
    expect(await run('drop', 'otlp_http:1', 'otlp_http:1')).toMatchObject({
      status: 0,
      stdout: '1 dropped\n',
    });
    const kept = { records: 2, dead: 1, dropped: 1, 'in outbox': 0, 'in urgent': 0, 'in dead': 1 };
    expect(await left(directory)).toEqual(kept);
  });

  test('does nothing if one of the ids names none', async () => {
    const { directory, run } = await withLetters();
    const { status, stderr } = await run('drop', 'otlp_http:1', 'otlp_http:9', 'x');
    expect(status).toBe(1);
    expect(stderr).toContain('there is no dead letter "otlp_http:9"; "dead list" shows their ids');
    expect(stderr).toContain('there is no dead letter "x"');
    expect(await left(directory)).toMatchObject({ dead: 2, 'in dead': 2 });
  });

  test.each([
    [['retry'], 'name dead letters, or write --all'],
    [['drop', 'otlp_http:1', '--all'], 'name dead letters, or write --all'],
    [['bury'], 'Allowed choices are list, show, retry, drop'],
  ])('%j is wrong usage', async (words, message) => {
    const { run } = await withLetters();
    const { status, stderr } = await run(...words);
    expect([status, stderr.includes(message)]).toEqual([2, true]);
  });

  test('a store in use is left alone: exit code 3', async () => {
    const { directory, workspace } = await withLetters();
    const store = await LevelStore.open(directory);
    const { status, stderr } = builtRiskpipe(['dead', 'list', '--config', 'c.yaml'], workspace);
    await store.close();
    expect(status).toBe(3);
    expect(stderr).toContain('riskpipe has to be stopped for that');
  });

  test('without a store there is nothing to look at', async () => {
    const workspace = new Workspace();
    workspace.write('c.yaml', config.replace('STORE', `${workspace.directory}/none`));
    const { status, stderr } = await riskpipe(['dead', 'list', '--config', 'c.yaml'], workspace);
    expect([status, stderr.includes('there is no store in')]).toEqual([4, true]);
  });
});
