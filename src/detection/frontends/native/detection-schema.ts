import { z } from 'zod';
import { duration } from '../../../util/duration.ts';
import { condition } from './condition-schema.ts';
import { jsonSchema } from './json-schema.ts';

/** Ids become names of stored tables and of attributes. */
export const identifier = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
    'must be letters, digits, "-", "_" and ".", at most 128 of them',
  );

const text = z.string();
const oneOrMore = z.union([text, z.array(text)], { error: 'must be a text or a list of texts' });
const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be a text, a number, true or false',
});

const span = duration.describe('A duration of event time, such as 90s, 5m or 1h30m.');
const lateness = span
  .prefault('1m')
  .describe('How long after its end a window waits for events that come late. Default: 1m.');

const window = z
  .union(
    [
      z.strictObject({
        every: span.describe('Length of the windows, which follow each other without gap.'),
        offset: span
          .prefault('0')
          .describe('Shifts the windows: 50m with "every: 1h" begins them at ten to. Default: 0.'),
        lateness,
      }),
      z.strictObject({ sliding: span.describe('The time before each event, the event included.'), lateness }),
      z.strictObject({ session: span.describe('Ends when a group was silent for this long.'), lateness }),
    ],
    { error: 'must be a map with one of "every", "sliding", "session"' },
  )
  .describe('The span of event time in which events are grouped and counted.');

const groupKey = z.union(
  [
    text,
    z.strictObject({
      field: text.describe('Field of the event; of a field of several values each makes a group.'),
      as: text.optional().describe('Name of the column. Default: the name of the field.'),
      default: scalar
        .optional()
        .describe(
          'What an event without the field reads as. Without a default such an event counts in no group.',
        ),
    }),
  ],
  { error: 'must be a field, or a map of "field", "as" and "default"' },
);

const score = z.number().min(0).max(100);

const risk = z
  .strictObject({
    message: text
      .min(1)
      .describe('The alert. {column} is replaced by the value of a column; "{{" is a brace.'),
    objects: z
      .array(
        z.strictObject({
          field: text.describe('Column that holds who or what is at risk.'),
          type: text.min(1).describe('Kind of object, such as user or system.'),
          score: score.describe('Risk that one finding adds, 0 to 100.'),
          impact: score.optional().describe('0 to 100.'),
          confidence: score.optional().describe('0 to 100.'),
        }),
      )
      .min(1)
      .describe('Who or what is at risk: one risk event for each value of each field.'),
    threats: z
      .array(
        z.strictObject({
          field: text.describe('Column that holds what threatens, such as an address.'),
          type: text.min(1).describe('Kind of threat, such as ip_address.'),
        }),
      )
      .default([])
      .describe('What threatens them.'),
  })
  .describe('How a finding becomes risk events. Without it a finding is reported as such.');

const test = z.strictObject({
  name: text.min(1).describe('What the test shows.'),
  events: z
    .array(
      z.union([text, z.record(z.string(), z.unknown())], {
        error: 'must be a map, or one JSON object as text',
      }),
    )
    .min(1)
    .describe('Audit events, each a map or JSON text; only the fields that matter.'),
  expect: z
    .array(
      z.record(
        z.string(),
        z.union([scalar, z.array(scalar)], { error: 'must be a value or a list of values' }),
      ),
    )
    .describe('The findings, in any order: the columns that matter, and their values. []: nothing is found.'),
});

/** A detection file of the native language, as a person writes it. */
export const detectionFile = z
  .strictObject({
    detection: identifier.describe('Id, unique among all detections.'),
    uuid: z
      .uuid('must be a UUID, such as 4d3a17b3-0a6d-4ae0-9421-46623a69c122')
      .optional()
      .describe('UUID of the detection.'),
    version: z
      .union([z.number(), text], { error: 'must be a number or a text' })
      .optional()
      .describe('Version of the detection.'),
    status: z
      .enum(['experimental', 'test', 'production', 'deprecated'])
      .default('experimental')
      .describe('How far it is to be trusted. Default: experimental.'),
    title: text.min(1).describe('Name for people.'),
    description: text.default('').describe('What it finds and why that matters.'),
    references: z.array(text).default([]).describe('Where to read more.'),
    attack: z
      .array(text.regex(/^T\d{4}(\.\d{3})?$/, 'must be an ATT&CK technique, such as T1526 or T1552.007'))
      .default([])
      .describe('MITRE ATT&CK techniques; names and tactics are filled in.'),
    story: oneOrMore.default([]).describe('Analytic stories that it belongs to.'),
    domain: text.default('').describe('Security domain, such as network, access or audit.'),
    license: text.default('').describe('License of the detection, such as Apache-2.0.'),
    logs: z.literal('kubernetes_audit').default('kubernetes_audit').describe('What it reads.'),
    needs: z
      .strictObject({
        resource: text.min(1).describe('Resource in its plural form, such as pods or events.'),
        level: z.enum(['Metadata', 'Request', 'RequestResponse']).describe('Lowest level that shows enough.'),
      })
      .optional()
      .describe('What the audit policy has to log for the detection to see anything.'),
    mode: z
      .enum(['streaming', 'scheduled'])
      .optional()
      .describe(
        'streaming: findings leave at once. scheduled: when their window closes. Default: as configured.',
      ),
    where: condition.describe('Which events it is about.'),
    allow: z
      .union([identifier, z.array(identifier)], { error: 'must be an allowlist id or a list of them' })
      .default([])
      .describe('Ids of allowlists whose entries excuse an event.'),
    window: window.optional(),
    group_by: z
      .array(groupKey)
      .min(1)
      .optional()
      .describe('Fields that make a group; they become columns. Needs "window".'),
    measures: z
      .record(z.string(), text)
      .optional()
      .describe(
        'Columns that measure a group: name: count(), or distinct, values, min, max, sum, first, last with a field.',
      ),
    having: condition.optional().describe('Which groups are findings: a condition on columns.'),
    emit: z
      .enum(['first', 'close', 'both'])
      .optional()
      .describe(
        'When a finding leaves: at the first match, when its window closes, or both. Default: first.',
      ),
    suppress: z
      .strictObject({
        by: z.array(text).describe('Columns; each combination of their values is suppressed for itself.'),
        for: span.describe('How long after a finding the next ones are suppressed.'),
      })
      .optional()
      .describe('Lets one finding pass in a while.'),
    risk: risk.optional(),
    tests: z.array(test).default([]).describe('Events in, findings out; run by "riskpipe test".'),
  })
  .meta({ title: 'riskpipe detection', description: 'What to look for in Kubernetes audit logs.' });

/** A detection file that has passed the schema. */
export type DetectionSource = z.infer<typeof detectionFile>;

/** JSON Schema of native detection files, for editors. */
export const detectionSchema = (): Readonly<Record<string, unknown>> => jsonSchema(detectionFile);
