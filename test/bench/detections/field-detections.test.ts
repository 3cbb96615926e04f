import { describe, expect, test } from 'vitest';
import { loadDetections } from '../../../src/detection/load.ts';
import { collectorConfig } from './collector-config.ts';
import type { FieldDetection } from './field-detection.ts';
import { fieldDetections } from './field-detections.ts';
import { nativeFieldDetection } from './native.ts';
import { sigmaRule } from './sigma.ts';

const meaning = ({ tests }: FieldDetection): string =>
  tests
    .map((test) => JSON.stringify(test))
    .toSorted()
    .join();

describe('field detections', () => {
  test('are 500 different ones', () => {
    expect(new Set(fieldDetections(500).map(meaning)).size).toBe(500);
  });

  for (const count of [16, 64]) {
    test(`look at all nine fields when there are ${count}, and begin every larger set`, () => {
      const some = fieldDetections(count);
      expect(new Set(some.flatMap(({ tests }) => tests.map(({ field }) => field))).size).toBe(9);
      expect(fieldDetections(500).slice(0, count)).toEqual(some);
    });
  }

  test('are not more than there are', () => {
    expect(() => fieldDetections(10_000)).toThrow(/there are \d+ field detections, and no 10000/);
  });

  test('compile without a problem', () => {
    const files = fieldDetections(500).map((detection) => ({
      path: `${detection.id}.yaml`,
      text: JSON.stringify(nativeFieldDetection(detection)),
    }));
    const { detections, problems } = loadDetections(
      { detections: files, allowlists: [], macros: [], deployments: [], lookups: [] },
      {
        mode: 'streaming',
        overrides: {},
        define: {},
        missingLookup: 'error',
        written: { file: '', overrides: '', define: '' },
      },
    );
    expect(problems).toEqual([]);
    expect(detections).toHaveLength(500);
  });
});

describe('one detection in three languages', () => {
  const detection: FieldDetection = {
    id: 'one',
    tests: [
      { field: 'verb', test: 'equals', value: 'get' },
      { field: 'objectRef.name', test: 'starts_with', value: 'tls-' },
      { field: 'requestURI', test: 'contains', value: 'a.b?' },
      { field: 'responseStatus.code', test: 'at_least', value: 400 },
      { field: 'user.username', test: 'not_starts_with', value: 'system:' },
    ],
  };

  test('is a native one', () => {
    expect(nativeFieldDetection(detection)['where']).toEqual({
      all: [
        { verb: { equals: 'get', case: 'sensitive' } },
        { 'objectRef.name': { starts_with: 'tls-', case: 'sensitive' } },
        { requestURI: { contains: 'a.b?', case: 'sensitive' } },
        { 'responseStatus.code': { at_least: 400 } },
        { 'user.username': { not: { starts_with: 'system:', case: 'sensitive' } } },
      ],
    });
  });

  test('is a Sigma rule', () => {
    expect(sigmaRule(detection, 7)).toMatchObject({
      id: '00000000-0000-4000-8000-000000000007',
      detection: {
        wanted: {
          verb: 'get',
          'objectRef.name|startswith': 'tls-',
          'requestURI|contains': 'a.b?',
          'responseStatus.code|gte': 400,
        },
        unwanted: { 'user.username|startswith': 'system:' },
        condition: 'wanted and not unwanted',
      },
    });
  });

  test('is a statement for a Collector, in the group of its verb', () => {
    expect(collectorConfig([detection])).toMatchObject({
      processors: {
        transform: {
          log_statements: [
            {},
            {
              conditions: ['log.body["verb"] == "get"'],
              statements: [
                'set(log.attributes["one"], true) where HasPrefix(log.body["objectRef"]["name"], "tls-") and ' +
                  String.raw`IsMatch(log.body["requestURI"], "a\\.b\\?") and ` +
                  'log.body["responseStatus"]["code"] >= 400 and ' +
                  'not HasPrefix(log.body["user"]["username"], "system:")',
              ],
            },
          ],
        },
      },
    });
  });
});
