import { z } from 'zod';

/** An `enabled` of the Collector that may be written, but only as true. */
export const alwaysOn = (why: string) =>
  z
    .literal(true, { error: `cannot be turned off: ${why}` })
    .optional()
    .describe(`Cannot be turned off: ${why}.`);
