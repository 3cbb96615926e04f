import { describe, expect, test } from 'vitest';
import { auditAttributes } from '../../../src/detection/kubernetes/attributes.ts';
import { redactedText } from '../../../src/detection/kubernetes/redact.ts';
import type { Meaning, Row } from '../../../src/detection/operators/row.ts';
import { rowOf } from '../../../src/detection/operators/row-of.ts';
import { defaultProvenance } from '../../../src/detection/provenance.ts';
import { DecodedLine } from '../../../src/record/line.ts';
import { formatTime, parseTime } from '../../../src/record/time.ts';
import type { Attributes } from '../../../src/record/value.ts';

interface Given {
  readonly resource?: Attributes;
  readonly meaning?: Partial<Meaning>;
  readonly received?: string;
}

const audit: Meaning = { contextOf: auditAttributes, redact: redactedText };

function read(text: string, { resource = {}, meaning = {}, received }: Given = {}): Row | undefined {
  const bytes = Buffer.from(text);
  const time = received === undefined ? undefined : parseTime(received);
  return rowOf(
    new DecodedLine(bytes, bytes.length),
    { resource: { attributes: resource }, attributes: { 'log.file.name': 'a.log' } },
    { ...audit, ...meaning },
    { textLines: true, ...(time !== undefined && { received: time }) },
  );
}

function row(text: string, given: Given = {}): Row {
  const found = read(text, given);
  if (found === undefined) throw new Error(`${text} is no row`);
  return found;
}

const marked = (found: Row, name: string): readonly string[] => found.texts({ name, arrays: 'marked' });
const hidden = (found: Row, name: string): readonly string[] => found.texts({ name, arrays: 'hidden' });

describe('what is known of a line', () => {
  const json =
    '{"source":"x","host":"y","index":{"a":1},"sourcetype":["z"],"stageTimestamp":"2026-04-12T12:30:19.250Z"}';
  test('is said by the options where the resource is silent', () => {
    const found = row(json);
    expect(
      ['source', 'sourcetype', 'host', 'index', '_time', '_raw'].map((name) => marked(found, name)),
    ).toEqual([['kubernetes'], ['_json'], [], ['main'], ['1775997019.25'], [json]]);
  });
  test('is said by the resource before', () => {
    const resource = {
      'com.splunk.source': '/var/log/audit.log',
      'com.splunk.sourcetype': 'kube:apiserver-audit',
      'com.splunk.index': '',
      'host.name': 'node-1',
    };
    const found = row(json, {
      resource,
      meaning: { splunk: { ...defaultProvenance, source: 's', host: 'h', index: 'i' } },
    });
    expect(['source', 'sourcetype', 'host', 'index'].map((name) => marked(found, name))).toEqual([
      ['/var/log/audit.log'],
      ['kube:apiserver-audit'],
      ['node-1'],
      ['i'],
    ]);
  });
  test("replaces fields of these names alone, and only for detections that are Splunk's", () => {
    const found = row('{"source":"x","host":{"name":"y"},"_raw":"z","sourcetype":["t"]}');
    expect([marked(found, 'source'), marked(found, 'host.name'), marked(found, 'sourcetype{}')]).toEqual([
      ['kubernetes'],
      ['y'],
      ['t'],
    ]);
    expect([
      hidden(found, 'source'),
      hidden(found, '_raw'),
      hidden(found, 'index'),
      hidden(found, '_time'),
    ]).toEqual([['x'], ['z'], [], []]);
  });
});

describe('event time is', () => {
  const late = '"stageTimestamp":"2026-04-12T10:00:02Z"';
  const early = '"requestReceivedTimestamp":"2026-04-12T10:00:01Z"';
  const object =
    '"object":{"lastTimestamp":null,"eventTime":"2026-04-12T10:00:03.5Z","firstTimestamp":"2026-04-12T10:00:00Z"}';
  for (const [what, line, time] of [
    ['the time of the stage', `{${late},${early},${object}}`, '2026-04-12T10:00:02Z'],
    ['that of the request without one', `{${early}}`, '2026-04-12T10:00:01Z'],
    ['that of the request if the other is null', `{"stageTimestamp":null,${early}}`, '2026-04-12T10:00:01Z'],
    [
      'that of the request if the other cannot be read',
      `{"stageTimestamp":"now",${early}}`,
      '2026-04-12T10:00:01Z',
    ],
    ['that of an object that is watched', `{${object}}`, '2026-04-12T10:00:03.500Z'],
    [
      'the first one in plain text',
      'at [12/Apr/2026:10:00:04 +0000] not 2026-04-12T10:00:05Z',
      '2026-04-12T10:00:04Z',
    ],
    ['unknown', '{"timestamp":"2026-04-12T10:00:00Z"}', undefined],
    ['unknown in plain text', 'no time here', undefined],
  ] as const) {
    test(what, () => {
      const { stamp } = row(line);
      expect(stamp === undefined ? undefined : formatTime(stamp)).toBe(time);
    });
  }

  for (const [what, timeField, line, time] of [
    ['the field of the options', 'e.t', `{"e":{"t":"2026-01-01T00:00:00Z"},${late}}`, '2026-01-01T00:00:00Z'],
    ['the first in a list', 'e{}.t', `{"e":[{"t":"2026-01-01T00:00:00Z"}]}`, '2026-01-01T00:00:00Z'],
    [
      'as nginx writes it',
      'time_local',
      '{"time_local":"01/Jan/2026:01:00:00 +0100"}',
      '2026-01-01T00:00:00Z',
    ],
    ['the usual one where that field has none', 'e.t', `{"e":{"t":5},${late}}`, '2026-04-12T10:00:02Z'],
    ['a value of plain text', 't', '2025-01-01T00:00:00Z t=2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['the first in plain text without that value', 't', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
  ] as const) {
    test(`by an option ${what}`, () => {
      const { stamp } = row(line, { meaning: { splunk: { ...defaultProvenance, timeField } } });
      expect(stamp === undefined ? undefined : formatTime(stamp)).toBe(time);
    });
  }

  test('for _time, but not for the stamp, the receive time where there is none', () => {
    const found = row('{}', { received: '2026-04-12T12:30:19.000000001Z' });
    expect([found.stamp, marked(found, '_time')]).toEqual([undefined, ['1775997019.000000001']]);
    expect(marked(row('{}'), '_time')).toEqual([]);
  });
});

describe('a line of plain text', () => {
  const line = 'Notice A shell was spawned (user=root image="a b" source=x) {"a":1}';
  test("has key=value pairs for Splunk's detections, and nothing for native ones", () => {
    const found = row(line);
    expect(['user', 'image', 'a', 'source', '_raw'].map((name) => marked(found, name))).toEqual([
      ['root'],
      ['a b'],
      [],
      ['kubernetes'],
      [line],
    ]);
    expect(['user', '_raw'].map((name) => hidden(found, name))).toEqual([[], []]);
    expect(found.context).toEqual({ 'log.file.name': 'a.log' });
    expect(found.kept({ name: '_raw', arrays: 'marked' })).toEqual([line]);
  });

  for (const [text, fate] of [
    ['Notice x', 'a row'],
    ['[12/Apr/2026:10:15:00 +0000] "GET /"', 'a row'],
    ['[error] x', 'a row'],
    ['{"a":1}', 'a row'],
    ['{"a":1', 'malformed'],
    ['  {', 'malformed'],
    ['[{"a":1}]', 'malformed'],
    ['[{"a":1', 'malformed'],
    ['["a"', 'malformed'],
  ] as const) {
    test(`${text} is ${fate}`, () => {
      expect(read(text) === undefined ? 'malformed' : 'a row').toBe(fate);
    });
  }

  test('is malformed where no detection reads such lines', () => {
    const source = { resource: { attributes: {} }, attributes: {} };
    const plain = rowOf(new DecodedLine(Buffer.from('a=b'), 3), source, audit, { textLines: false });
    expect(plain).toBeUndefined();
  });
});

describe('the names of a row', () => {
  test('are those of the line, then those of the event, and each has values', () => {
    const found = row('{"b":[{"c":1},{"c":2}],"source":"x","a":null,"d":{}}', {
      received: '2026-04-12T12:30:19Z',
    });
    expect(found.names()).toEqual(['source', 'sourcetype', 'index', '_time', '_raw', 'b{}.c', 'a']);
    expect(found.names().every((name) => marked(found, name).length > 0)).toBe(true);
    expect(marked(found, 'b{}.c')).toEqual(['1', '2']);
  });
  test('are the keys of plain text', () => {
    expect(row('user=root host=x cmd=ls').names()).toEqual([
      'source',
      'sourcetype',
      'index',
      '_raw',
      'user',
      'cmd',
    ]);
  });
  test('are bounded; every field can be asked for all the same', () => {
    const keys = Array.from({ length: 12_000 }, (_, index) => `"k${index}":${index}`);
    const found = row(`{${keys.join()}}`);
    expect(found.names()).toHaveLength(10_000);
    expect(marked(found, 'k11999')).toEqual(['11999']);
  });
});

describe('what is kept of a whole line', () => {
  const kept = (line: string): string => row(line).kept({ name: '_raw', arrays: 'marked' }).join();
  test('is all of it if it has no body', () => {
    expect(kept('{"verb":"get","user":{"username":"ada"}}')).toContain('ada');
  });
  test('is nothing but a hash if it has one, so that different lines stay different', () => {
    const [first, second] = ['a', 'b'].map((secret) =>
      kept(`{"requestObject":{"data":{"password":"${secret}"}}}`),
    );
    expect(first).toMatch(/^\[redacted\]\0[0-9a-f]{32}$/);
    expect(first).not.toBe(second);
  });
  test('is nothing but a hash if its request URI holds a token', () => {
    expect(kept('{"requestURI":"/api?token=s3cret"}')).not.toContain('s3cret');
  });
});
