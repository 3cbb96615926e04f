import { z } from 'zod';
import { check } from '../../../../util/yaml/check.ts';
import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import { attackDataFields, detectionFields, tagFields } from './detection-fields.ts';
import type { DetectionSource } from './detection-source.ts';
import { observedRisk } from './observed-risk.ts';

const percent = z.int().min(0).max(100);

const observable = z.looseObject({
  name: z.string().min(1),
  type: z.string().min(1),
  role: z
    .array(z.enum(['Victim', 'Attacker']))
    .length(1, 'must be a list of one role, "Victim" or "Attacker"'),
});

const olderDetection = z.looseObject({
  ...detectionFields,
  tags: z.looseObject({
    ...tagFields,
    confidence: percent,
    impact: percent,
    message: z.string().min(1),
    observable: z
      .array(observable)
      .nullish()
      .transform((list) => list ?? []),
  }),
  tests: z
    .array(
      z.looseObject({
        name: z.string(),
        attack_data: z
          .array(z.looseObject(attackDataFields))
          .nullish()
          .transform((list) => list ?? []),
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
});

const olderTags = ['observable', 'message', 'impact', 'confidence', 'risk_score', 'required_fields'];

/** Whether a detection file is of contentctl 4 or before: its risk is among its tags. */
export function isOlderDetection(file: YamlFile): boolean {
  return (
    file.treeAt(['rba']) === undefined && olderTags.some((key) => file.treeAt(['tags', key]) !== undefined)
  );
}

/** A detection file of contentctl 4 (spec/spl.md §4.4), in which unknown keys are let be; undefined if something is wrong. */
export function readOlderDetection(file: YamlFile): DetectionSource | undefined {
  const { source } = check(file, olderDetection);
  return source && { ...source, risk: observedRisk(source.tags) };
}
