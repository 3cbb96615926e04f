import type { FieldDetection, FieldTest } from './field-detection.ts';

const modifiers: Readonly<Record<FieldTest['test'], string>> = {
  equals: '',
  starts_with: '|startswith',
  not_starts_with: '|startswith',
  contains: '|contains',
  at_least: '|gte',
};

/** The same detection as a Sigma rule. */
export function sigmaRule({ id, tests }: FieldDetection, index: number): object {
  const [wanted, unwanted] = [false, true].map((negated) =>
    Object.fromEntries(
      tests
        .filter(({ test }) => (test === 'not_starts_with') === negated)
        .map(({ field, test, value }) => [`${field}${modifiers[test]}`, value]),
    ),
  );
  const isFiltered = Object.keys(unwanted ?? {}).length > 0;
  return {
    title: `Benchmark ${id}`,
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    status: 'test',
    logsource: { product: 'kubernetes', service: 'audit' },
    detection: {
      wanted,
      ...(isFiltered ? { unwanted } : {}),
      condition: isFiltered ? 'wanted and not unwanted' : 'wanted',
    },
    level: 'low',
  };
}
