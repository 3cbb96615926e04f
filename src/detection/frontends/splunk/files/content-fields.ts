import { z } from 'zod';

/** Left empty in the file, it is not there. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** A list of texts; left empty it has none. */
export const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const uuid = z.guid('must be a UUID, such as 4d3a17b3-0a6d-4ae0-9421-46623a69c122');

/** What every object of the content has beside its own keys (spec/spl.md §4.2). Only the name matters to a detection. */
export const contentFields = {
  name: z.string().min(1),
  id: uuid.optional(),
  version: z.int().min(0).optional(),
  date: z.iso.date('must be a date, such as 2026-03-10').optional(),
  author: optionalText,
  description: optionalText,
  status: z.enum(['production', 'experimental', 'deprecated', 'removed']).optional(),
};
