import { z } from 'zod';
import { contentFields, optionalText, texts, uuid } from './content-fields.ts';
import { inlineDeployment } from './deployment-fields.ts';

/** `$info_min_time$`, `7d` or a number of seconds. */
const offset = z
  .union([z.string(), z.number()], { error: 'must be a text or a number' })
  .nullish()
  .transform((value) => String(value ?? ''));

const drilldown = z.strictObject({
  name: z.string().min(1),
  search: z.string().min(1),
  earliest_offset: offset,
  latest_offset: offset,
});

/**
 * What detections of both schemas have at their top level (spec/spl.md §4.1). Required is what a search needs to run; what
 * contentctl asks of published content only (lengths, numbers of drilldowns and tests) is not asked here.
 */
export const detectionFields = {
  ...contentFields,
  id: uuid,
  type: z.enum(['TTP', 'Anomaly', 'Hunting', 'Correlation']),
  data_source: texts,
  search: z.string().min(1),
  how_to_implement: optionalText,
  known_false_positives: optionalText,
  explanation: optionalText,
  references: texts,
  enabled_by_default: z.boolean().optional(),
  deployment: inlineDeployment.optional(),
  drilldown_searches: z
    .array(drilldown)
    .nullish()
    .transform((list) => list ?? []),
};

const techniques = z
  .array(z.string().regex(/^T\d{4}(\.\d{3})?$/, 'must be an ATT&CK technique, such as T1526 or T1552.007'))
  .nullish()
  .transform((list) => list ?? []);

const throttling = z.strictObject({
  fields: z.array(z.string().regex(/^\S+$/, 'must be the name of a field, without blanks')).min(1),
  period: z.string().regex(/^[0-9]+[smh]$/, 'must be a number and s, m or h, such as 30m'),
});

/** What the `tags` of both schemas have. */
export const tagFields = {
  analytic_story: texts,
  asset_type: optionalText,
  cve: z
    .array(z.string().regex(/^CVE-[12]\d{3}-\d+$/, 'must be a CVE, such as CVE-2024-21626'))
    .nullish()
    .transform((list) => list ?? []),
  mitre_attack_id: techniques,
  security_domain: z.enum(['endpoint', 'network', 'threat', 'identity', 'access', 'audit']).optional(),
  throttling: throttling.nullish(),
  product: texts,
  group: texts,
  atomic_guid: texts,
  manual_test: optionalText,
  research_site_url: optionalText,
  event_schema: optionalText,
  mappings: z.array(z.unknown()).nullish(),
};

/** A file of events that a test is run over. */
export const attackDataFields = {
  data: z.string().min(1),
  source: z.string(),
  sourcetype: z.string(),
  custom_index: optionalText,
  host: optionalText,
};
