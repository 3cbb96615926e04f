import { z } from 'zod';
import { check } from '../../../../util/yaml/check.ts';
import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import { attackDataFields, detectionFields, tagFields } from './detection-fields.ts';
import type { DetectionSource, RiskSource } from './detection-source.ts';

const threatTypes = [
  'certificate_common_name',
  'certificate_organization',
  'certificate_serial',
  'certificate_unit',
  'command',
  'domain',
  'email_address',
  'email_subject',
  'file_hash',
  'file_name',
  'file_path',
  'http_user_agent',
  'ip_address',
  'process',
  'process_name',
  'parent_process',
  'parent_process_name',
  'process_hash',
  'registry_path',
  'registry_value_name',
  'registry_value_text',
  'service',
  'signature',
  'system',
  'tls_hash',
  'url',
] as const;

const rba = z.strictObject({
  message: z.string().min(1),
  risk_objects: z
    .array(
      z.strictObject({
        field: z.string().min(1),
        type: z.enum(['system', 'user', 'other']),
        score: z.int().min(1).max(100),
      }),
    )
    .min(1),
  threat_objects: z
    .array(z.strictObject({ field: z.string().min(1), type: z.enum(threatTypes) }))
    .nullish()
    .transform((list) => list ?? []),
});

const currentDetection = z.strictObject({
  ...detectionFields,
  tags: z.strictObject(tagFields).prefault({}),
  rba: rba.optional(),
  tests: z
    .array(
      z.strictObject({
        name: z.string(),
        attack_data: z.array(z.strictObject(attackDataFields)),
        earliest_time: z.string().optional(),
        latest_time: z.string().optional(),
      }),
    )
    .default([]),
});

/** A detection file of contentctl 5 (spec/spl.md §4.1), in which an unknown key is an error; undefined if something is wrong. */
export function readCurrentDetection(file: YamlFile): DetectionSource | undefined {
  const { source } = check(file, currentDetection);
  return source && { ...source, risk: source.rba && riskOf(source.rba) };
}

function riskOf({ message, risk_objects, threat_objects }: z.infer<typeof rba>): RiskSource {
  const objects = risk_objects.map((object) => ({ ...object, impact: undefined, confidence: undefined }));
  return { message, objects, threats: threat_objects };
}
