import { z } from 'zod';
import { condition } from '../native/condition-schema.ts';
import { identifier } from '../native/detection-schema.ts';
import { jsonSchema } from '../native/json-schema.ts';

/** An allowlist file, as a person writes it. */
export const allowlistFile = z
  .strictObject({
    allowlist: identifier.describe('Id that detections name under "allow".'),
    description: z.string().optional().describe('What the list is for.'),
    entries: z
      .array(
        z.strictObject({
          where: condition.describe('Which events it excuses.'),
          owner: z.string().trim().min(1).describe('Who answers for the entry.'),
          reason: z.string().trim().min(1).describe('Why the events are harmless.'),
          expires: z
            .string()
            .optional()
            .describe(
              'A date, or an RFC 3339 time: from its beginning (UTC), in event time, the entry no longer allows.',
            ),
        }),
      )
      .describe('Each excuses the events that it matches.'),
  })
  .meta({ title: 'riskpipe allowlist', description: 'Named exceptions of detections.' });

/** JSON Schema of allowlist files, for editors. */
export const allowlistSchema = (): Readonly<Record<string, unknown>> => jsonSchema(allowlistFile);
