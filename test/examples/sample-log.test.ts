import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleLog } from '../../examples/generate.mjs';
import { auditAttributes } from '../../src/detection/kubernetes/attributes.ts';
import { fieldTexts } from '../../src/record/json-field.ts';
import { parseJson, type Json } from '../../src/record/json.ts';
import { parseTime } from '../../src/record/time.ts';

const text = (event: Json, field: string): string => fieldTexts(event, field, 'hidden')[0] ?? '';

function eventsOf(log: string): readonly Json[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => {
      const event = parseJson(line);
      if (event === undefined) throw new Error(`no JSON: ${line}`);
      return event;
    });
}

const pulls = (events: readonly Json[]): readonly Json[] =>
  events.filter((event) => text(event, 'requestObject.message').startsWith('Pulling image'));

describe('the sample log', () => {
  const log = readFileSync('examples/audit.log', 'utf8');
  const events = eventsOf(log);

  test('is what its generator writes', () => {
    expect(log).toBe(sampleLog());
  });

  test('is one hour of a cluster, in the order in which requests were done with', () => {
    expect(events.length).toBeGreaterThanOrEqual(46);
    const times = events.map((event) => parseTime(text(event, 'stageTimestamp')) ?? 0n);
    expect(times).toEqual([...times].sort((a, b) => Number(a - b)));
    expect(times[0]).toBeGreaterThanOrEqual(parseTime('2026-04-12T12:00:00Z') ?? 0n);
    expect(times.at(-1)).toBeLessThan(parseTime('2026-04-12T13:00:00Z') ?? 0n);
  });

  test('has an id for each request', () => {
    const ids = events.map((event) => `${text(event, 'auditID')} ${text(event, 'stage')}`);
    expect(new Set(ids).size).toBe(events.length);
  });

  test('has four suspicious pulls of two nodes, one of them a repeat, and three that are allowed', () => {
    const isAllowed = (event: Json): boolean => /splunk|falco/.test(text(event, 'objectRef.name'));
    const suspicious = pulls(events).filter((event) => !isAllowed(event));
    expect(suspicious.map((event) => [text(event, 'user.username'), text(event, 'verb')])).toEqual([
      ['system:node:n1', 'create'],
      ['system:node:n1', 'patch'],
      ['system:node:n2', 'create'],
      ['system:node:n2', 'create'],
    ]);
    expect(pulls(events).filter(isAllowed)).toHaveLength(3);
  });

  test('has lines that speak of images and pull none', () => {
    const pulled = new Set(pulls(events));
    const near = events.filter((event, at) => {
      return (
        !pulled.has(event) && /pull(?:ing|ed) image|image .* already present/i.test(log.split('\n')[at] ?? '')
      );
    });
    expect(new Set(near.map((event) => text(event, 'objectRef.resource')))).toEqual(
      new Set(['events', 'configmaps', 'deployments']),
    );
  });

  test.each(pulls(events).map((event) => [text(event, 'objectRef.name'), event] as const))(
    'the pull %s says where and what',
    (_, event) => {
      expect(auditAttributes(event)).toMatchObject({
        'k8s.namespace.name': expect.stringMatching(/./),
        'k8s.pod.name': expect.stringMatching(/^[a-z0-9-]+$/),
        'container.image.name': expect.stringMatching(/\//),
      });
    },
  );
});

describe('append.mjs', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'riskpipe-append-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const append = (...file: readonly string[]) =>
    spawnSync(process.execPath, ['examples/append.mjs', ...file], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: directory },
    });

  test('adds one suspicious pull as of now to the file it is given, and says so', () => {
    const file = join(directory, 'a.log');
    writeFileSync(file, sampleLog());
    const before = BigInt(Date.now()) * 1_000_000n;
    const { status, stdout } = append(file);
    expect(status).toBe(0);
    expect(stdout).toContain(file);
    const log = readFileSync(file, 'utf8');
    expect(log.startsWith(sampleLog())).toBe(true);
    const added = eventsOf(log.slice(sampleLog().length));
    expect(pulls(added)).toHaveLength(1);
    expect(parseTime(text(added[0] ?? null, 'stageTimestamp'))).toBeGreaterThanOrEqual(before);
  });

  test('twice adds two different pulls to the log of the newest quickstart', () => {
    mkdirSync(join(directory, 'riskpipe-quickstart-old'));
    const file = join(directory, 'riskpipe-quickstart-new', 'audit.log');
    mkdirSync(join(directory, 'riskpipe-quickstart-new'));
    writeFileSync(file, '');
    expect(append().status).toBe(0);
    expect(append().status).toBe(0);
    const ids = eventsOf(readFileSync(file, 'utf8')).map((event) => text(event, 'auditID'));
    expect(new Set(ids).size).toBe(2);
  });

  test('says what to do when there is no such log, and makes none', () => {
    const { status, stderr } = append();
    expect(status).toBe(1);
    expect(stderr).toContain(
      `could not append to "${join(directory, 'riskpipe-quickstart-*', 'audit.log')}": ENOENT`,
    );
    expect(stderr).toContain('start the quickstart first');
  });
});
