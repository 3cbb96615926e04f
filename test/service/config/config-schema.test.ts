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

  test('completes keys: types, defaults and choices are those of the component', () => {
    const [fileLog] = schema.properties.receivers.patternProperties['^(file_log|filelog)(/.+)?$'].anyOf;
    expect(fileLog).toMatchObject({
      required: ['include'],
      properties: {
        start_at: { enum: ['beginning', 'end'], default: 'end' },
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
      ['start_at: beginning', 'start_at: now', false],
      ['include:', 'inclde:', false],
      ['file_log:', 'fle_log:', false],
      ['extensions:\n', 'extension:\n', false],
      ['[detection]', 'detection', false],
    ] as const) {
      const { success } = read.safeParse(parse(valid.replace(from, to)));
      expect([to, success]).toEqual([to, accepted]);
      seen[success ? 'accepted' : 'refused']++;
    }
    expect(seen).toEqual({ accepted: 3, refused: 5 });
  });
});
