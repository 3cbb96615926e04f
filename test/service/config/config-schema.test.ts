import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema } from '../../../src/service/config/config-schema.ts';
import { components } from './fake-components.ts';
import { valid } from './load-text.ts';

describe('the JSON Schema', async () => {
  const schema = JSON.parse(JSON.stringify(await configSchema(components)));

  test('is of draft 2020-12 and closed at every level', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
      required: ['service'],
      properties: { receivers: { additionalProperties: false }, service: { additionalProperties: false } },
    });
  });

  test('has every type, under its old names too', () => {
    expect(Object.keys(schema.properties.exporters.patternProperties)).toEqual([
      '^(otlp_http|otlphttp)(/.+)?$',
      '^(nop)(/.+)?$',
    ]);
  });

  test('knows what is left out, component or option, as deprecated', () => {
    const advised = (description: string) => ({
      deprecated: true,
      description: `not needed here: ${description}`,
    });
    expect(schema.properties.processors.patternProperties['^(batch)(/.+)?$']).toEqual(
      advised('exporters batch by themselves (sending_queue.batch)'),
    );
    const [otlpHttp] = schema.properties.exporters.patternProperties['^(otlp_http|otlphttp)(/.+)?$'].anyOf;
    expect(otlpHttp.properties.sending_queue.properties.block_on_overflow).toEqual(
      advised('receivers always wait while the queue is full'),
    );
  });

  test('completes keys: types, defaults and choices are those of the component', () => {
    const [fileLog] = schema.properties.receivers.patternProperties['^(file_log|filelog)(/.+)?$'].anyOf;
    expect(fileLog).toMatchObject({
      required: ['include'],
      properties: {
        start_at: { anyOf: [{ enum: ['beginning', 'end'] }, { pattern: '\\$\\{' }], default: 'end' },
        poll_interval: { default: '250ms' },
      },
    });
  });

  test('accepts what the loader accepts, and refuses what it refuses', () => {
    const read = z.fromJSONSchema(schema);
    const seen = { accepted: 0, refused: 0 };
    for (const [from, to, accepted] of [
      ['', '', true],
      ['file_storage: {directory: /var/lib/riskpipe}', 'file_storage:', true],
      ['file_log:', 'filelog/x:', true],
      ['start_at: beginning', 'start_at: ${env:START:-end}', true],
      ['start_at: beginning', 'include_file_name: ${env:NAME:-true}', true],
      ['storage: file_storage', 'queue_size: "${env:SIZE:-5}"', true],
      ['[detection]', '"${env:CHAIN:-[detection]}"', true],
      ['start_at: beginning', 'fingerprint_size: 1kb', true],
      ['storage: file_storage', 'block_on_overflow: true', true],
      ['storage: file_storage', 'num_consumers: 4', false],
      [
        'service:\n',
        'service:\n  telemetry: {metrics: {level: none, views: []}, logs: {sampling: {enabled: true}}}\n',
        true,
      ],
      ['processors:\n', 'processors:\n  batch:\n  memory_limiter/x: {check_interval: 1s}\n', true],
      ['extensions:\n', 'extensions:\n  memory_ballast: {size_mib: 1}\n', true],
      ['processors:\n', 'processors:\n  filter: {}\n', false],
      ['start_at: beginning', 'operators: [{type: container, max_log_size: 0}]', true],
      ['start_at: beginning', 'operators: [{type: json_parser}]', false],
      ['start_at: beginning', 'include_file_name: $true', false],
      ['start_at: beginning', 'start_at: now', false],
      ['include:', 'inclde:', false],
      ['file_log:', 'fle_log:', false],
      ['extensions:\n', 'extension:\n', false],
      ['[detection]', 'detection', false],
    ] as const) {
      const { success } = read.safeParse(parse(valid.replace(from, () => to)));
      expect([to, success]).toEqual([to, accepted]);
      seen[success ? 'accepted' : 'refused']++;
    }
    expect(seen).toEqual({ accepted: 13, refused: 9 });
  });
});
