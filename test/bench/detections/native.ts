import type { FieldDetection, FieldTest } from './field-detection.ts';

/** A detection file of the native language, as a value. */
export interface NativeDetection {
  /** Its id. */
  readonly detection: string;
  readonly [key: string]: unknown;
}

/** A native detection without group or window: each event that passes is a finding. */
export const findingDetection = (id: string, where: object): NativeDetection => ({
  detection: id,
  title: `Benchmark ${id}`,
  where,
});

/** One that groups by `field`, which differs from event to event: each event that passes is a risk event of its own. */
export const riskDetection = (id: string, where: object, field: string): NativeDetection => ({
  ...findingDetection(id, where),
  window: { every: '1h', lateness: '1m' },
  group_by: [field, { field: 'user.username', as: 'user', default: 'nobody' }],
  risk: {
    message: `{user} did what ${id} looks for`,
    objects: [{ field: 'user', type: 'user', score: 10 }],
    threats: [{ field, type: 'other' }],
  },
});

export const nativeFieldDetection = ({ id, tests }: FieldDetection): NativeDetection =>
  findingDetection(id, { all: tests.map((test) => ({ [test.field]: nativeTest(test) })) });

/** Letter case matters, as it does to the other engines. */
function nativeTest({ test, value }: FieldTest): object {
  if (test === 'at_least') return { at_least: value };
  if (test === 'not_starts_with') return { not: { starts_with: value, case: 'sensitive' } };
  return { [test]: value, case: 'sensitive' };
}
