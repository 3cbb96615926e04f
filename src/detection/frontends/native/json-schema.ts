import { z } from 'zod';

/** JSON Schema (draft 2020-12) of what a person writes, from the schema that also checks it. */
export function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
}
