import { z } from 'zod';
import { check } from '../../../../util/yaml/check.ts';
import type { YamlFile } from '../../../../util/yaml/yaml-file.ts';
import { contentFields, optionalText, texts } from './content-fields.ts';

/** An analytic story: what detections name under `analytic_story`. */
const story = z.strictObject({
  ...contentFields,
  narrative: optionalText,
  references: texts,
  tags: z.strictObject({
    category: texts,
    product: texts,
    usecase: optionalText,
    cve: texts,
    group: texts,
  }),
});

/** A data source: what detections name under `data_source`. */
const dataSource = z.strictObject({
  ...contentFields,
  source: z.string(),
  sourcetype: z.string(),
  separator: optionalText,
  separator_value: optionalText,
  configuration: optionalText,
  supported_TA: z.array(z.unknown()).nullish(),
  fields: texts,
  field_mappings: z.array(z.unknown()).nullish(),
  convert_to_log_source: z.array(z.unknown()).nullish(),
  mitre_components: texts,
  example_log: optionalText,
  output_fields: texts,
});

/** Checks a file that detections only refer to by name (spec/spl.md §4.2); what is wrong is added to its problems. */
export function checkReference(file: YamlFile, kind: 'story' | 'data source'): void {
  if (kind === 'story') check(file, story);
  else check(file, dataSource);
}
