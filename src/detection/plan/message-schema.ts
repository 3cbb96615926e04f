import { z } from 'zod';
import type { Message } from './message.ts';

/** A message as the canonical text has it: its parts, as they are. */
export const messageSchema: z.ZodType<Message> = z.array(
  z.union([z.string(), z.strictObject({ column: z.string(), written: z.string() })]),
);
