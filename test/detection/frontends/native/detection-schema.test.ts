import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { allowlistSchema } from '../../../../src/detection/frontends/allowlist/allowlist-schema.ts';
import { detectionSchema } from '../../../../src/detection/frontends/native/detection-schema.ts';

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The properties of all objects in a schema that an editor would show without a word. */
function undescribed(schema: unknown, path: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((item) => undescribed(item, path));
  if (!isSchema(schema)) return [];
  const { properties } = schema;
  const silent = isSchema(properties)
    ? Object.entries(properties).flatMap(([key, value]) =>
        isSchema(value) && typeof value['description'] === 'string' ? [] : [`${path}.${key}`],
      )
    : [];
  return [
    ...silent,
    ...Object.entries(schema).flatMap(([key, value]) => undescribed(value, `${path}.${key}`)),
  ];
}

describe.each([
  ['detections', detectionSchema(), 'pipelines/detections/kubernetes-suspicious-image-pulling.yaml'],
  ['allowlists', allowlistSchema(), 'pipelines/allowlists/kube-allowed-images.yaml'],
])('the JSON Schema of %s', (_, schema, shipped) => {
  test('is of draft 2020-12 and says what every key is for', () => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(undescribed(schema, '')).toEqual([]);
  });

  test('takes the shipped file, and refuses it with an unknown key or an unknown test', () => {
    const checker = z.fromJSONSchema(schema);
    const file = parse(readFileSync(shipped, 'utf8')) as Record<string, unknown>;
    expect(checker.safeParse(file).error).toBeUndefined();
    expect(checker.safeParse({ ...file, wher: 1 }).success).toBe(false);
    const odd = { where: { a: { glub: 'x' } }, owner: 'o', reason: 'r' };
    expect(checker.safeParse({ ...file, where: odd.where, entries: [odd] }).success).toBe(false);
  });
});
